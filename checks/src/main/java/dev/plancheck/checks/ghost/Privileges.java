// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The rights that lines of SHOW GRANTS give, by sets and with the server's wildcards.
final class Privileges {
  private static final Pattern LINE =
      Pattern.compile(
          "(GRANT|REVOKE) (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)+`|[^.` ]+)\\.(\\*|`(?:[^`]|``)+`|[^"
              + " ]+) (?:TO|FROM) .*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Set<String> ALL = Set.of("ALL PRIVILEGES", "ALL");

  private record Grant(boolean given, Set<String> rights, String database) {
    boolean has(String right) {
      return rights.contains(right) || rights.stream().anyMatch(ALL::contains);
    }
  }

  private final List<Grant> grants = new ArrayList<>();
  private final boolean literal;

  /// `literal` tells that `_` and `%` in a database's name stand for themselves (partial_revokes).
  Privileges(List<String> lines, boolean literal) {
    this.literal = literal;
    for (var line : lines) {
      var shape = LINE.matcher(line);
      if (shape.matches() && shape.group(4).equals("*")) {
        grants.add(
            new Grant(
                shape.group(1).equalsIgnoreCase("GRANT"),
                rights(shape.group(2)),
                unquoted(shape.group(3))));
      }
    }
  }

  /// Rights on single columns are none on the table.
  private static Set<String> rights(String text) {
    var rights = new HashSet<String>();
    for (var right : text.replaceAll("\\w+ ?\\([^)]*\\)", "").split(",", -1)) {
      rights.add(right.strip().toUpperCase(Locale.ROOT));
    }
    return rights;
  }

  private static String unquoted(String name) {
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  /// On everything.
  boolean hasGlobal(String right) {
    return grants.stream()
        .anyMatch(grant -> grant.given() && grant.database().equals("*") && grant.has(right));
  }

  /// On every table of a database, also those that are yet to be made.
  boolean has(String right, String database) {
    var revoked =
        grants.stream()
            .anyMatch(
                grant -> !grant.given() && grant.database().equals(database) && grant.has(right));
    return (hasGlobal(right) && !revoked)
        || grants.stream()
            .anyMatch(grant ->
                grant.given()
                    && !grant.database().equals("*")
                    && grant.has(right)
                    && covers(grant.database(), database));
  }

  private boolean covers(String pattern, String database) {
    return literal
        ? pattern.replace("\\_", "_").replace("\\%", "%").equals(database)
        : LikePattern.matches(pattern, database);
  }
}
