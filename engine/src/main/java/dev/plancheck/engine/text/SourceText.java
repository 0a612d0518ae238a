// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.text;

import java.util.Arrays;

/// A text with its line starts, so that an offset becomes a position in logarithmic time.
///
/// A line ends with `\n`; the `\r` of a `\r\n` is the last column of its line.
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
    var end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  /// The position of a UTF-16 offset from 0 to the text's length, both included.
  public Position position(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IllegalArgumentException(
          "offset: %d (expected: 0..%d)".formatted(offset, text.length()));
    }
    var found = Arrays.binarySearch(lineStarts, offset);
    var line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, text.codePointCount(lineStarts[line], offset) + 1);
  }

  public TextRange range(Span span) {
    return new TextRange(position(span.start()), position(span.end()));
  }

  private static int[] lineStarts(String text) {
    var starts = new int[16];
    var count = 1;
    for (var end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = end + 1;
    }
    return Arrays.copyOf(starts, count);
  }
}
