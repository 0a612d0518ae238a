// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

/// The classes of characters that PostgreSQL's lexer knows (scan.l).
final class Characters {
  private Characters() {}

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\u000b';
  }

  static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  static boolean isNational(char c) {
    return c == 'n' || c == 'N';
  }

  static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Every character outside of ASCII counts as a letter, as for the server.
  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= '\u0080';
  }

  static boolean isTagPart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  static boolean isNamePart(char c) {
    return isTagPart(c) || c == '$';
  }
}
