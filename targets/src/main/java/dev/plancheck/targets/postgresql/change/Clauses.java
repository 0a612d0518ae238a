// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import java.util.regex.Pattern;

/// Looks for a FROM of its own in what an UPDATE sets, outside of brackets, strings and comments.
final class Clauses {
  /// What is skipped as a whole, or counts. Strings with a backslash are taken for both kinds.
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?is)--[^\\n\\r]*+|/\\*|\\*/|'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\""
              + "|\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*+)?\\$|[\\p{L}_][\\p{L}\\p{N}_$]*+|[()\\\\]");

  private Clauses() {}

  /// True also where it cannot be told.
  static boolean hasFrom(String text) {
    var depth = 0;
    var distinct = false;
    var tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      var token = tokens.group();
      switch (token) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "\\", "/*", "*/" -> {
          return true;
        }
        default -> {
          if (isUnclear(token) || (depth == 0 && !distinct && token.equalsIgnoreCase("FROM"))) {
            return true;
          }
        }
      }
      distinct = token.equalsIgnoreCase("DISTINCT");
    }
    return false;
  }

  /// Dollar quotes, and strings in which a backslash may hide the end.
  private static boolean isUnclear(String token) {
    return token.startsWith("$") || (token.startsWith("'") && token.indexOf('\\') >= 0);
  }
}
