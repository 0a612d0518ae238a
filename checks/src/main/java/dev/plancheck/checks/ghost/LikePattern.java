// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.regex.Pattern;

/// LIKE as these servers have it: `_` is one character, `%` any number, a backslash takes that
/// away.
final class LikePattern {
  private LikePattern() {}

  static boolean matches(String pattern, String name) {
    var regex = new StringBuilder();
    for (var at = 0; at < pattern.length(); at++) {
      var sign = pattern.charAt(at);
      if (sign == '\\' && at + 1 < pattern.length()) {
        at++;
        regex.append(Pattern.quote(pattern.substring(at, at + 1)));
      } else {
        regex.append(
            switch (sign) {
              case '_' -> ".";
              case '%' -> ".*+";
              default -> Pattern.quote(String.valueOf(sign));
            });
      }
    }
    return Pattern.compile(
            regex.toString().replace(".*+", ".*"), Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
        .matcher(name)
        .matches();
  }
}
