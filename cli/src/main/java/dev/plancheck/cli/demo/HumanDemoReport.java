// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.cli.report.Excerpt;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Wrapped;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.text.SourceText;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/// The demo's report for people: the verdict first, then what to do about it, then the numbers.
record HumanDemoReport(Writer out, Paint paint, int columns, SourceText change, Engine engine) {
  void write(DemoReport report) throws IOException {
    verdict(report.run());
    for (var finding : report.findings()) {
      finding(finding);
    }
    drifted(report);
    numbers(report);
  }

  private void verdict(DemoReport.Run run) throws IOException {
    var verdict = run.verdict() == null ? Verdict.INCOMPLETE : run.verdict();
    var word =
        switch (verdict) {
          case PASS -> paint.success("PASS");
          case WARN -> paint.warning("WARN");
          case FAIL -> paint.error("FAIL");
          case INCOMPLETE -> paint.error("INCOMPLETE");
        };
    line(
        "%s  %d of %d databases checked: %s, %s%s"
            .formatted(
                word,
                run.doneCount(),
                run.targetCount(),
                count(run.errorCount(), "error"),
                count(run.warningCount(), "warning"),
                run.notPerformedCount() == 0
                    ? ""
                    : ", " + count(run.notPerformedCount(), "check") + " not performed"));
    line("");
  }

  private void finding(DemoReport.Grouped finding) throws IOException {
    var label =
        switch (finding.status()) {
          case ERROR -> paint.error("error");
          case WARNING -> paint.warning("warning");
          case SUCCESS -> paint.success("success");
        };
    line(
        "%s[%s]: %s, %s"
            .formatted(label, finding.rule(), finding.title(), paint.strong(where(finding))));
    var range = finding.range();
    if (range != null) {
      for (var excerpt : new Excerpt(change, range, columns, paint).lines()) {
        line(excerpt);
      }
    }
    var content = new Wrapped("", columns - 6).add(finding.content(), UnaryOperator.identity());
    var mark = paint.frame("    = ");
    for (var sentence : content.lines()) {
      line("%s%s".formatted(mark, sentence));
      mark = " ".repeat(6);
    }
    line("");
  }

  private static String where(DemoReport.Grouped finding) {
    if (!finding.targets().isEmpty()) {
      return "only on "
          + String.join(", ", finding.targets().stream().map(HumanDemoReport::shortName).toList());
    }
    return "on %d of %d databases".formatted(finding.targetCount(), finding.ofCount());
  }

  private void drifted(DemoReport report) throws IOException {
    if (report.drifted().isEmpty()) {
      line("All databases look alike to this change.");
    } else {
      line(
          paint.strong(
              "%s from the others:"
                  .formatted(count(report.drifted().size(), "database") + " drifted")));
      for (var drifted : report.drifted()) {
        line(
            "  %-12s %s"
                .formatted(shortName(drifted.target()), String.join("; ", drifted.differences())));
      }
    }
    line("");
  }

  private void numbers(DemoReport report) throws IOException {
    var affected = report.affectedRows();
    line(
        "Rows changed: %s%s"
            .formatted(
                affected.sum() == null
                    ? "unknown"
                    : "%,d in all (%s)".formatted(affected.sum(), words(affected.method())),
                affected.largest() == null || affected.largestTarget() == null
                    ? ""
                    : "; most on %s: %,d"
                        .formatted(shortName(affected.largestTarget()), affected.largest())));
    var timing = report.timing();
    line(
        "Time: servers %.1f s, tenants %.1f s, checks %.2f s: %.1f ms a database"
            .formatted(
                timing.startMs() / 1000.0,
                timing.createMs() / 1000.0,
                timing.checkMs() / 1000.0,
                timing.msPerDatabase()));
    if (timing.slowestTarget() != null) {
      line(
          "      one database in %d ms (median), the slowest, %s, in %d ms, while others were checked"
              .formatted(timing.medianMs(), shortName(timing.slowestTarget()), timing.slowestMs()));
    }
    if (report.compared() != null) {
      compared(report.compared());
    }
    line(
        "Stored: %s in plan_check_run for all %d databases"
            .formatted(count(report.rows().planCheckRun(), "row"), report.run().targetCount()));
    if (report.rolledOut() != null) {
      rolledOut(report.rolledOut());
    } else if (engine != Engine.POSTGRESQL) {
      line("The demo ends here: rollouts write to PostgreSQL databases only.");
    }
  }

  private void rolledOut(RolledOut act) throws IOException {
    line("");
    line(paint.strong("And then:"));
    line("  %s  %s".formatted(paint.error("blocked"), String.join("; ", act.blocked())));
    line(
        "  edited   by dana, for staging and %s: %s"
            .formatted(count(act.stages().getLast().tasks().size(), "tenant"), act.verdict()));
    line(
        "  approved by kim, a DBA%s"
            .formatted(act.risk() == null ? "" : "; the risk is " + act.risk()));
    for (var stage : act.stages()) {
      for (var task : stage.tasks()) {
        line(
            "  %-10s %-12s  %s, %s, %s%s"
                .formatted(
                    stage.environment(),
                    shortName(task.target()),
                    task.state() == TaskState.DONE
                        ? paint.success("DONE")
                        : paint.error(task.state().name()),
                    count(task.statementCount(), "statement"),
                    count(Math.toIntExact(task.rows()), "row"),
                    task.words().isEmpty() ? "" : ": " + task.words()));
      }
    }
    line(
        "  asked afterwards: %s have the change, %s as before (%.1f s in all)"
            .formatted(
                count(act.changed().size(), "database"),
                count(act.untouchedCount(), "tenant"),
                act.ms() / 1000.0));
  }

  private void compared(DemoReport.Compared compared) throws IOException {
    line("Compared, both ways once more on the same databases:");
    line(way("at once, shared", compared.shared()));
    line(way("one after the other, plain", compared.sequential()));
    line(
        "  (plain: a connection for each check and for the catalogue, the full catalogue each,"
            + " nothing shared)");
    line(paint.strong("  %.1f times as long".formatted(compared.ratio())));
  }

  private static String way(String name, DemoReport.Way way) {
    return "  %-30s %6.2f s over %,d connections"
        .formatted(name, way.ms() / 1000.0, way.connections());
  }

  private static String words(AffectedRows.Method method) {
    return switch (method) {
      case COUNTED -> "counted";
      case ESTIMATED -> "estimated by the planner";
      case UPPER_BOUND -> "at most, in part";
      case AT_LEAST -> "at least";
      case UNKNOWN -> "unknown";
    };
  }

  private static String shortName(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  private static String count(int number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
