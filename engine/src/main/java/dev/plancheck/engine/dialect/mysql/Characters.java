// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.regex.Pattern;

/// The classes of characters that the server's lexer knows.
final class Characters {
  private static final Pattern NUMBER =
      Pattern.compile("(?i)0x[0-9a-f]++|0b[01]++|\\d*+\\.?+\\d*+(e[+-]?\\d++)?+");

  private Characters() {}

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  /// Every character outside of ASCII counts as a letter.
  static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '_'
        || c == '$'
        || c >= '\u0080';
  }

  static boolean isNumber(String text, int from, int to) {
    return NUMBER.matcher(text).region(from, to).matches();
  }
}
