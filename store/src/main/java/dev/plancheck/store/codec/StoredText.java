// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import java.util.HexFormat;

/// Any Java text as one that PostgreSQL's `text` and `jsonb` can hold, and back without loss.
///
/// They hold neither the NUL character nor half of a surrogate pair: such a unit becomes U+241B
/// (SYMBOL FOR ESCAPE) and four hexadecimal digits, and so does U+241B itself. All other text, in
/// practice all there is, stays as it is.
public final class StoredText {
  private static final char ESCAPE = '\u241b';
  private static final int DIGITS = 4;

  private StoredText() {}

  public static String escape(String text) {
    for (var index = 0; index < text.length(); index++) {
      if (mustBeEscaped(text, index)) {
        return escapeFrom(text, index);
      }
    }
    return text;
  }

  public static String unescape(String stored) {
    var next = stored.indexOf(ESCAPE);
    if (next < 0) {
      return stored;
    }
    var text = new StringBuilder(stored.length());
    var from = 0;
    while (next >= 0) {
      text.append(stored, from, next);
      var end = next + 1 + DIGITS;
      if (isEscaped(stored, next + 1)) {
        text.append((char) HexFormat.fromHexDigits(stored, next + 1, end));
        from = end;
      } else {
        // Written by hand into the database: it says what it says.
        text.append(ESCAPE);
        from = next + 1;
      }
      next = stored.indexOf(ESCAPE, from);
    }
    return text.append(stored, from, stored.length()).toString();
  }

  private static String escapeFrom(String text, int first) {
    var stored = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (var index = first; index < text.length(); index++) {
      var unit = text.charAt(index);
      if (mustBeEscaped(text, index)) {
        stored.append(ESCAPE).append(HexFormat.of().toHexDigits(unit));
      } else {
        stored.append(unit);
      }
    }
    return stored.toString();
  }

  private static boolean mustBeEscaped(String text, int index) {
    var unit = text.charAt(index);
    if (!Character.isSurrogate(unit)) {
      return unit == 0 || unit == ESCAPE;
    }
    return Character.isHighSurrogate(unit)
        ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
        : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
  }

  private static boolean isEscaped(String stored, int start) {
    if (start + DIGITS > stored.length()) {
      return false;
    }
    for (var index = start; index < start + DIGITS; index++) {
      if (!HexFormat.isHexDigit(stored.charAt(index))) {
        return false;
      }
    }
    return true;
  }
}
