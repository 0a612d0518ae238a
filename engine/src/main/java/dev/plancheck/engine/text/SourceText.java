// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.text;

import java.util.Arrays;

/// A text with its line starts, so that an offset becomes a position in logarithmic time.
///
/// A line ends with `\n`, or with a `\r` that no `\n` follows, as for the server's own messages;
/// the `\r` of a `\r\n` is the last column of its line. A byte order mark at the beginning has no
/// column.
public final class SourceText {
  private final String text;
  private final int[] lineStarts;

  public SourceText(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  public String text() {
    return text;
  }

  public String slice(Span span) {
    return text.substring(span.start(), span.end());
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /// The text of a line, 1-based, without its line end.
  public String line(int line) {
    var start = lineStarts[line - 1];
    var end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  /// The position of a UTF-16 offset from 0 to the text's length, both included.
  public Position position(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IllegalArgumentException(
          "offset: %d (expected: 0..%d)".formatted(offset, text.length()));
    }
    var found = Arrays.binarySearch(lineStarts, offset);
    var line = Math.max(0, found >= 0 ? found : -found - 2);
    var start = Math.min(lineStarts[line], offset);
    return new Position(line + 1, text.codePointCount(start, offset) + 1);
  }

  public TextRange range(Span span) {
    return new TextRange(position(span.start()), position(span.end()));
  }

  private static boolean endsLine(String text, int at) {
    return switch (text.charAt(at)) {
      case '\n' -> true;
      case '\r' -> !text.startsWith("\n", at + 1);
      default -> false;
    };
  }

  private static int[] lineStarts(String text) {
    var starts = new int[16];
    starts[0] = text.startsWith("\ufeff") ? 1 : 0;
    var count = 1;
    for (var at = 0; at < text.length(); at++) {
      if (endsLine(text, at)) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = at + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
