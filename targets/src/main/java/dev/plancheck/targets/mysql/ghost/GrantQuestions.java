// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts.Grants;
import dev.plancheck.engine.Engine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The user's rights, in the server's own lines, without passwords.
final class GrantQuestions {
  private static final Pattern SECRET =
      Pattern.compile(" (IDENTIFIED|REQUIRE)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final int MOST_ROLES = 100;

  private final Refusable server;
  private final Engine engine;

  GrantQuestions(Refusable server, Engine engine) {
    this.server = server;
    this.engine = engine;
  }

  Answer<Grants> read(String user) throws SQLException {
    return server.all(
        "SHOW GRANTS", _ -> new Grants(user, lines("SHOW GRANTS FOR CURRENT_USER()"), ofRoles()));
  }

  /// MySQL tells what active roles give among the user's own lines; MariaDB does not.
  private List<String> ofRoles() throws SQLException {
    if (engine != Engine.MARIADB) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    var question =
        "SELECT ROLE_NAME AS name FROM information_schema.ENABLED_ROLES"
            + " WHERE ROLE_NAME IS NOT NULL LIMIT "
            + MOST_ROLES;
    for (var row : server.ask(question)) {
      lines.addAll(lines("SHOW GRANTS FOR " + Sql.name(ServerQuestions.text(row, "name"))));
    }
    return lines;
  }

  private List<String> lines(String question) throws SQLException {
    var lines = new ArrayList<String>();
    for (SortedMap<String, @Nullable String> row : server.ask(question)) {
      var line = row.get(row.firstKey());
      lines.add(SECRET.matcher(line == null ? "" : line).replaceFirst(""));
    }
    return lines;
  }
}
