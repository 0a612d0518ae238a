// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Wrapped;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Writes for people, line by line: findings with the place they are about, counts, colours by
/// severity. Nothing from a script or a database reaches the terminal raw.
public final class Text {
  private static final int GUTTER = 3;

  private final Writer out;
  private final Paint paint;
  private final int columns;

  public Text(Writer out, Paint paint, int columns) {
    this.out = out;
    this.paint = paint;
    this.columns = columns;
  }

  public Paint paint() {
    return paint;
  }

  public int columns() {
    return columns;
  }

  public void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  /// `where` is said beside the place, and may be empty; `notes` stand below what the finding says.
  public void finding(ScriptFile file, Finding finding, String where, List<String> notes)
      throws IOException {
    line(heading(finding));
    var range = finding.range();
    var gutter = GUTTER;
    var place = file.path();
    List<String> excerpt = List.of();
    if (range != null) {
      var lines = new Excerpt(file.source(), range, columns, paint);
      gutter = lines.gutter();
      excerpt = lines.lines();
      place = place + ":" + range.start();
    }
    var arrow = paint.frame(" ".repeat(gutter - 1) + "--> ");
    line(arrow + Cells.printable(place) + (where.isEmpty() ? "" : "  " + paint.strong(where)));
    for (var text : excerpt) {
      line(text);
    }
    note(finding.content(), gutter);
    for (var note : notes) {
      note(note, gutter);
    }
    line("");
  }

  /// A sentence below an excerpt, wrapped.
  public void note(String text) throws IOException {
    note(text, GUTTER);
  }

  private void note(String text, int gutter) throws IOException {
    var mark = paint.frame(" ".repeat(gutter + 1) + "= ");
    var wrapped =
        new Wrapped("", Math.max(40, columns - gutter - 3)).add(text, UnaryOperator.identity());
    for (var line : wrapped.lines()) {
      line(mark + line);
      mark = " ".repeat(gutter + 3);
    }
  }

  private String heading(Finding finding) {
    var severity = finding.status().name().toLowerCase(Locale.ROOT);
    var rule = finding.rule().isEmpty() ? "" : "[" + finding.rule() + "]";
    return painted(finding.status(), severity + rule)
        + paint.strong(": " + Cells.printable(finding.title()));
  }

  public String painted(Status status, String text) {
    return switch (status) {
      case SUCCESS -> paint.success(text);
      case WARNING -> paint.warning(text);
      case ERROR -> paint.error(text);
    };
  }

  /// `2 errors, 0 warnings`, or that there is nothing.
  public String counts(int errors, int warnings) {
    if (errors + warnings == 0) {
      return paint.success("No findings");
    }
    var text = counted(errors, "error") + ", " + counted(warnings, "warning");
    return painted(errors > 0 ? Status.ERROR : Status.WARNING, text);
  }

  /// How many statements no rule has looked at; nothing when there are none.
  public void coverage(int unanalysed) throws IOException {
    if (unanalysed > 0) {
      var form =
          unanalysed == 1
              ? "%s could not be analysed: nobody checked it"
              : "%s could not be analysed: nobody checked them";
      line(paint.warning(form.formatted(counted(unanalysed, "statement"))));
    }
  }

  public static String counted(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
