// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.TextRange;
import java.util.ArrayList;
import java.util.List;

/// The lines of a script around a range, numbered, with carets under exactly that range.
///
/// Of a range over many lines the first ones and the last are shown; of a long line the part around
/// the range.
public final class Excerpt {
  /// How many lines of a range are shown before some are left out.
  private static final int MOST_LINES = 4;

  private final SourceText source;
  private final TextRange range;
  private final int columns;
  private final Paint paint;
  private final int gutter;

  public Excerpt(SourceText source, TextRange range, int columns, Paint paint) {
    this.source = source;
    this.range = range;
    this.paint = paint;
    this.gutter = Math.max(3, String.valueOf(lastLine()).length());
    this.columns = Math.max(20, columns - gutter - 3);
  }

  /// Cells before the bar, so that what follows can be lined up with it.
  public int gutter() {
    return gutter;
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    var first = range.start().line();
    var last = lastLine();
    var firstLeftOut = last - first < MOST_LINES ? last : first + MOST_LINES - 2;
    lines.add(bar(""));
    for (var line = first; line < firstLeftOut; line++) {
      add(lines, line);
    }
    if (firstLeftOut < last) {
      lines.add(paint.frame(" ".repeat(gutter - 3) + "..."));
    }
    add(lines, last);
    return lines;
  }

  /// A range that ends before the first character of a line does not cover that line.
  private int lastLine() {
    var end = range.end();
    return end.column() == 1 && end.line() > range.start().line() ? end.line() - 1 : end.line();
  }

  private void add(List<String> lines, int number) {
    var text = source.line(number);
    var isFirst = number == range.start().line();
    var start = isFirst ? range.start().column() : firstInk(text);
    var end = number == range.end().line() ? range.end().column() : Integer.MAX_VALUE;
    var shown = new ShownLine(text, start, end, columns);
    lines.add(
        (paint.frame("%" + gutter + "d |").formatted(number) + " " + shown.text()).stripTrailing());
    // An empty range, or one of a line end only, still has a place.
    var carets = isFirst ? Math.max(1, shown.carets()) : shown.carets();
    if (carets > 0) {
      lines.add(bar(" ".repeat(shown.indent()) + paint.error("^".repeat(carets))));
    }
  }

  /// The column, 1-based, of the first character that is no blank.
  private static int firstInk(String text) {
    var column = 1;
    while (column <= text.length() && Character.isWhitespace(text.charAt(column - 1))) {
      column++;
    }
    return column;
  }

  private String bar(String text) {
    var frame = paint.frame(" ".repeat(gutter) + " |");
    return text.isEmpty() ? frame : frame + " " + text;
  }
}
