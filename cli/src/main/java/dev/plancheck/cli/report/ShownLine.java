// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.terminal.Cells;

/// One line of a script as a terminal shows it: tabs as spaces, control characters as pictures, cut
/// to a width around the marked columns; and where below it the carets belong.
final class ShownLine {
  private static final int TAB = 4;

  private final StringBuilder text = new StringBuilder();
  private final int columns;
  private int cells;
  private int indent = -1;
  private int carets;

  /// `start` and `end` are columns in code points, 1-based, `end` exclusive and perhaps past the
  /// line's end; `columns` is the number of cells to fit into.
  ShownLine(String line, int start, int end, int columns) {
    this.columns = columns;
    var column = fits(line) ? 1 : Math.max(1, start - columns / 3);
    var length = line.codePointCount(0, line.length());
    var i = line.offsetByCodePoints(0, Math.min(column, length + 1) - 1);
    if (column > 1) {
      append('…', 1);
    }
    while (i < line.length()) {
      var codePoint = line.codePointAt(i);
      i += Character.charCount(codePoint);
      if (cells + width(codePoint) > (i < line.length() ? columns - 1 : columns)) {
        append('…', 1);
        return;
      }
      if (start <= column && column < end) {
        mark(width(codePoint));
      }
      append(codePoint, width(codePoint));
      column++;
    }
  }

  String text() {
    return text.toString();
  }

  /// Cells before the first caret: those of the whole line when nothing of it is marked.
  int indent() {
    return indent < 0 ? cells : indent;
  }

  int carets() {
    return carets;
  }

  private boolean fits(String line) {
    return line.length() <= 2 * columns
        && Cells.width(line.replace("\t", " ".repeat(TAB))) <= columns;
  }

  private int width(int codePoint) {
    return codePoint == '\t' ? TAB - cells % TAB : Cells.width(Cells.printable(codePoint));
  }

  private void mark(int width) {
    indent = indent < 0 ? cells : indent;
    carets = cells + width - indent;
  }

  private void append(int codePoint, int width) {
    if (codePoint == '\t') {
      text.repeat(' ', width);
    } else {
      text.appendCodePoint(Cells.printable(codePoint));
    }
    cells += width;
  }
}
