// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rights that the user surely has: on everything, and on databases by the patterns of their
/// grants. Those that come from roles are not seen.
record Rights(Set<String> everywhere, Map<String, Set<String>> byPattern) {
  static final Rights NONE = new Rights(Set.of(), Map.of());

  /// The user's own rows only: whoever may read the servers' tables of users sees those of others.
  static final String SELECT =
      """
      SELECT '', privilege_type FROM information_schema.user_privileges
      WHERE grantee = %1$s
        AND privilege_type IN ('SELECT', 'TRIGGER', 'PROCESS', 'SHOW VIEW')
      UNION ALL
      SELECT table_schema, privilege_type FROM information_schema.schema_privileges
      WHERE grantee = %1$s AND privilege_type IN ('SELECT', 'TRIGGER', 'SHOW VIEW')
      """
          .formatted(
              """
              CONCAT('''', LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER())
                - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1),
                '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')\
              """);

  static Rights of(List<Row> rows) {
    var everywhere = new HashSet<String>();
    var byPattern = new HashMap<String, Set<String>>();
    for (var row : rows) {
      var rights =
          row.text(0).isEmpty()
              ? everywhere
              : byPattern.computeIfAbsent(row.text(0), _ -> new HashSet<>());
      rights.add(row.text(1));
    }
    return new Rights(everywhere, byPattern);
  }

  /// False is "not known".
  boolean has(String right, String database) {
    if (everywhere.contains(right)) {
      return true;
    }
    for (var granted : byPattern.entrySet()) {
      if (granted.getValue().contains(right) && matches(granted.getKey(), database)) {
        return true;
      }
    }
    return false;
  }

  /// A pattern of LIKE. More than one percent sign is not followed.
  private static boolean matches(String pattern, String database) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (var at = 0; at < pattern.length(); at++) {
      var c = pattern.charAt(at);
      if (c == '\\' && at + 1 < pattern.length()) {
        at++;
        part.append(pattern.charAt(at));
      } else if (c == '%') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return switch (parts.size()) {
      case 1 -> parts.getFirst().equals(database);
      case 2 ->
          database.length() >= parts.getFirst().length() + parts.getLast().length()
              && database.startsWith(parts.getFirst())
              && database.endsWith(parts.getLast());
      default -> false;
    };
  }
}
