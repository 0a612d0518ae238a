// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

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

/// Findings for people: each with the place it is about, and a summary in the end.
public final class HumanFormat {
  private final Writer out;
  private final Paint paint;
  private final int columns;

  public HumanFormat(Writer out, Paint paint, int columns) {
    this.out = out;
    this.paint = paint;
    this.columns = columns;
  }

  public void write(LintReport report) throws IOException {
    for (var script : report.scripts()) {
      for (var finding : script.findings()) {
        write(script, finding);
      }
    }
    writeSummary(report);
  }

  private void write(ScriptReport script, Finding finding) throws IOException {
    line(heading(finding));
    var range = finding.range();
    var gutter = 3;
    if (range == null) {
      line(paint.frame("  --> ") + Cells.printable(script.file().path()));
    } else {
      var excerpt = new Excerpt(script.file().source(), range, columns, paint);
      gutter = excerpt.gutter();
      line(
          paint.frame(" ".repeat(gutter - 1) + "--> ")
              + Cells.printable(script.file().path())
              + ":"
              + range.start());
      for (var text : excerpt.lines()) {
        line(text);
      }
    }
    var mark = paint.frame(" ".repeat(gutter + 1) + "= ");
    for (var text : wrapped(finding.content(), gutter + 3)) {
      line(mark + text);
      mark = " ".repeat(gutter + 3);
    }
    line("");
  }

  private List<String> wrapped(String text, int indent) {
    return new Wrapped("", Math.max(40, columns - indent))
        .add(text, UnaryOperator.identity())
        .lines();
  }

  String heading(Finding finding) {
    var severity = finding.status().name().toLowerCase(Locale.ROOT);
    var rule = finding.rule().isEmpty() ? "" : "[" + finding.rule() + "]";
    return painted(finding.status(), severity + rule)
        + paint.strong(": " + Cells.printable(finding.title()));
  }

  private String painted(Status status, String text) {
    return switch (status) {
      case SUCCESS -> paint.success(text);
      case WARNING -> paint.warning(text);
      case ERROR -> paint.error(text);
    };
  }

  private void writeSummary(LintReport report) throws IOException {
    var errors = report.count(Status.ERROR);
    var warnings = report.count(Status.WARNING);
    var verdict =
        errors + warnings == 0
            ? paint.success("No findings")
            : painted(
                report.worst(), counted(errors, "error") + ", " + counted(warnings, "warning"));
    line(
        "%s in %s, %s"
            .formatted(
                verdict,
                counted(report.statements(), "statement"),
                counted(report.scripts().size(), "file")));
    if (report.unanalysed() > 0) {
      line(
          paint.warning(
              "%s could not be analysed: nobody checked %s"
                  .formatted(
                      counted(report.unanalysed(), "statement"),
                      report.unanalysed() == 1 ? "it" : "them")));
    }
  }

  static String counted(int number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
