// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Grants;
import dev.plancheck.checks.ghost.GhostFacts.Server;
import dev.plancheck.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether the user has the rights that gh-ost needs, and whether gh-ost would see that: it looks
/// for words in the lines of SHOW GRANTS, and knows no wildcards, no roles and no second line.
final class GrantCheck {
  private static final List<String> ON_DATABASE =
      List.of(
          "ALTER",
          "CREATE",
          "DELETE",
          "DROP",
          "INDEX",
          "INSERT",
          "LOCK TABLES",
          "SELECT",
          "TRIGGER",
          "UPDATE");

  private final Server server;
  private final Grants grants;

  private GrantCheck(Server server, Grants grants) {
    this.server = server;
    this.grants = grants;
  }

  static void find(Server server, Grants grants, Findings findings) {
    var check = new GrantCheck(server, grants);
    var missing = check.missing();
    if (!missing.isEmpty()) {
      findings.add(
          GhostCode.GRANTS,
          null,
          "The user %s, by which plancheck connects, could not run gh-ost."
              .formatted(grants.user()),
          "If gh-ost runs as this user: %s.".formatted(String.join("; ", missing)));
    } else if (!check.isSeen()) {
      findings.add(
          GhostCode.GRANTS_TEXT,
          null,
          """
          The user %s has the rights, but gh-ost does not see them: it looks for their words in \
          single lines of SHOW GRANTS, and knows neither wildcards in names nor roles.\
          """
              .formatted(grants.user()),
          "Grant them in one line each: GRANT REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO %s; GRANT %s ON %s.* TO %s."
              .formatted(
                  grants.user(),
                  String.join(", ", ON_DATABASE),
                  Words.quoted(server.database()),
                  grants.user()));
    }
  }

  private List<String> missing() {
    var lines = Stream.concat(grants.lines().stream(), grants.ofRoles().stream()).toList();
    var has = new Privileges(lines, server.isOn("partial_revokes"));
    var missing = new ArrayList<String>();
    var global = new ArrayList<String>();
    if (!has.hasGlobal("SUPER")
        && !has.hasGlobal("REPLICATION CLIENT")
        && !has.hasGlobal("BINLOG MONITOR")) {
      global.add("REPLICATION CLIENT");
    }
    if (!has.hasGlobal("REPLICATION SLAVE")) {
      global.add("REPLICATION SLAVE");
    }
    if (needsSlaveMonitor() && !seesReplication(has)) {
      global.add("SLAVE MONITOR");
    }
    if (!global.isEmpty()) {
      missing.add("GRANT %s ON *.* TO %s".formatted(String.join(", ", global), grants.user()));
    }
    var local = ON_DATABASE.stream().filter(right -> !has.has(right, server.database())).toList();
    if (!local.isEmpty()) {
      missing.add(
          "GRANT %s ON %s.* TO %s"
              .formatted(String.join(", ", local), Words.quoted(server.database()), grants.user()));
    }
    return missing;
  }

  /// MariaDB asks for a right of its own to show the state of replication.
  private boolean needsSlaveMonitor() {
    return server.engine() == Engine.MARIADB
        && ServerVersion.of(server.version()).isAtLeast(10, 5, 0);
  }

  private static boolean seesReplication(Privileges has) {
    return Stream.of("SUPER", "SLAVE MONITOR", "REPLICA MONITOR").anyMatch(has::hasGlobal);
  }

  /// gh-ost's own way to look, word for word.
  private boolean isSeen() {
    var lines = grants.lines();
    if (lines.stream().anyMatch(line -> line.contains("GRANT ALL PRIVILEGES ON *.*"))) {
      return true;
    }
    return (isGlobal("SUPER") || isGlobal("REPLICATION CLIENT") || isGlobal("BINLOG MONITOR"))
        && isGlobal("REPLICATION SLAVE")
        && lines.stream().anyMatch(this::isAllOfDatabase);
  }

  private boolean isGlobal(String words) {
    return grants.lines().stream()
        .anyMatch(line -> line.contains(words) && line.contains(" ON *.*"));
  }

  private boolean isAllOfDatabase(String line) {
    var plain = " ON `%s`.*".formatted(server.database());
    var escaped = " ON `%s`.*".formatted(server.database().replace("_", "\\_"));
    if (line.contains("GRANT ALL PRIVILEGES" + plain)
        || line.contains("GRANT ALL PRIVILEGES" + escaped)) {
      return true;
    }
    return ON_DATABASE.stream().allMatch(line::contains)
        && Stream.of(" ON *.*", plain, escaped).anyMatch(line::contains);
  }
}
