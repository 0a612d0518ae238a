// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

/// The values of strings and quoted names as written.
final class Literals {
  private Literals() {}

  /// Without the quotes; what is not quoted stays as it is. Backslashes are resolved in strings.
  static String value(String written) {
    if (written.length() < 2) {
      return written;
    }
    var quote = written.charAt(0);
    if (quote != '\'' && quote != '"' && quote != '`') {
      return written;
    }
    var value = new StringBuilder();
    for (var at = 1; at < written.length() - 1; at++) {
      var c = written.charAt(at);
      if (c == quote || (c == '\\' && quote != '`' && at + 2 < written.length())) {
        at++;
        value.append(c == quote ? c : escaped(written.charAt(at)));
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '0' -> '\0';
      default -> c;
    };
  }
}
