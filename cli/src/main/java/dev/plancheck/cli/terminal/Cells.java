// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

/// How many cells of a terminal a text takes, and how to show what must not reach a terminal raw.
///
/// East Asian wide characters and emoji take two cells, combining marks none (Unicode Standard
/// Annex 11 in the approximation that terminals use).
public final class Cells {
  private static final char UNSHOWABLE = '\uFFFD';
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Cells() {}

  public static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  public static int width(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  /// The text with every character that could move the cursor, change colours or reorder the line
  /// replaced by a picture of it; a line break becomes a space.
  public static String printable(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(codePoint -> codePoint == '\n' ? ' ' : printable(codePoint))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  public static int printable(int codePoint) {
    if (codePoint < 0x20) {
      return 0x2400 + codePoint;
    }
    if (codePoint == 0x7F) {
      return 0x2421;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          UNSHOWABLE;
      case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER ? codePoint : UNSHOWABLE;
      default -> codePoint;
    };
  }

  /// Text cut to `cells` with an ellipsis, or filled up with spaces.
  public static String fit(String text, int cells) {
    var width = width(text);
    return width > cells ? cut(text, cells) : text + " ".repeat(cells - width);
  }

  /// Text cut to at most `cells`, its end replaced by an ellipsis.
  public static String cut(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    var kept = new StringBuilder();
    var room = cells - 1;
    for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      room -= width(text.codePointAt(i));
      if (room < 0) {
        break;
      }
      kept.appendCodePoint(text.codePointAt(i));
    }
    return kept.append('…').toString();
  }

  private static boolean isWide(int codePoint) {
    if (codePoint < 0x1100) {
      return false;
    }
    return Character.isEmojiPresentation(codePoint)
        || codePoint <= 0x115F
        || within(codePoint, 0x2E80, 0x303E)
        || within(codePoint, 0x3041, 0x4DBF)
        || within(codePoint, 0x4E00, 0xA4CF)
        || within(codePoint, 0xA960, 0xA97F)
        || within(codePoint, 0xAC00, 0xD7A3)
        || within(codePoint, 0xF900, 0xFAFF)
        || within(codePoint, 0xFE30, 0xFE6F)
        || within(codePoint, 0xFF00, 0xFF60)
        || within(codePoint, 0xFFE0, 0xFFE6)
        || within(codePoint, 0x20000, 0x3FFFD);
  }

  private static boolean within(int codePoint, int first, int last) {
    return first <= codePoint && codePoint <= last;
  }
}
