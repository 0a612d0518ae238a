// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.plancheck.checks.run.Verdict;
import dev.plancheck.cli.check.CheckReport.CheckedScript;
import dev.plancheck.cli.check.CheckReport.Group;
import dev.plancheck.cli.report.Text;
import dev.plancheck.engine.review.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// What a check found, for people: equal findings once with the databases they are on, what could
/// not be checked and why, what changes where, and a summary.
final class CheckHumanFormat {
  /// More names than these tell nobody anything.
  private static final int MOST_NAMES = 5;

  private final Text text;

  CheckHumanFormat(Text text) {
    this.text = text;
  }

  void write(CheckReport report) throws IOException {
    for (var script : report.scripts()) {
      for (var group : script.groups()) {
        write(script, group);
      }
      writeFailures(script);
    }
    for (var script : report.scripts()) {
      new ChangeTable(text).write(script);
      writeGhost(script);
    }
    writeSummary(report);
  }

  private void write(CheckedScript script, Group group) throws IOException {
    var asked = script.databases().size();
    var checked = asked - script.notPerformed();
    var noun = checked == asked ? "database" : "checked database";
    var where =
        asked == 1
            ? ""
            : "on %,d of %s".formatted(group.databases().size(), Text.counted(checked, noun));
    text.finding(script.file(), group.finding(), where, names(script, group));
  }

  /// The databases that a finding is on, or those that it is not on, whichever are few.
  private static List<String> names(CheckedScript script, Group group) {
    var on = group.databases();
    if (on.size() == script.databases().size()) {
      return List.of();
    }
    if (on.size() <= MOST_NAMES) {
      return List.of("on " + String.join(", ", on));
    }
    var others = new TreeSet<String>();
    for (var database : script.databases()) {
      if (database.isPerformed() && !on.contains(database.name())) {
        others.add(database.name());
      }
    }
    return others.size() <= MOST_NAMES ? List.of("not on " + String.join(", ", others)) : List.of();
  }

  private void writeFailures(CheckedScript script) throws IOException {
    var failed = script.notPerformed();
    if (failed == 0) {
      return;
    }
    text.line(
        text.painted(Status.ERROR, "error")
            + text.paint()
                .strong(
                    ": %s could not be checked on %,d of %s"
                        .formatted(
                            script.file().path(),
                            failed,
                            Text.counted(script.databases().size(), "database"))));
    var byCause =
        script.databases().stream()
            .flatMap(database ->
                database.causes().stream().map(cause -> List.of(cause, database.name())))
            .collect(
                groupingBy(List::getFirst, LinkedHashMap::new, mapping(List::getLast, toList())));
    for (var cause : byCause.entrySet()) {
      text.note(named(cause.getValue()) + ": " + cause.getKey());
    }
    text.line("");
  }

  private void writeGhost(CheckedScript script) throws IOException {
    var byAnswer = new LinkedHashMap<String, List<String>>();
    for (var database : script.databases()) {
      if (database.ghost() != null) {
        byAnswer.computeIfAbsent(database.ghost(), _ -> new ArrayList<>()).add(database.name());
      }
    }
    if (byAnswer.isEmpty()) {
      return;
    }
    text.line(text.paint().strong("gh-ost could make the change of " + script.file().path()));
    for (var answer : byAnswer.entrySet()) {
      text.note(named(answer.getValue()) + ": " + answer.getKey());
    }
    text.line("");
  }

  private static String named(List<String> names) {
    var shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    return names.size() > MOST_NAMES
        ? "%s and %,d more".formatted(shown, names.size() - MOST_NAMES)
        : shown;
  }

  private void writeSummary(CheckReport report) throws IOException {
    var errors =
        report.scripts().stream()
            .flatMap(script -> script.groups().stream())
            .filter(group -> group.finding().status() == Status.ERROR)
            .count();
    var warnings =
        report.scripts().stream()
            .flatMap(script -> script.groups().stream())
            .filter(group -> group.finding().status() == Status.WARNING)
            .count();
    var verdict = report.verdict();
    text.line(
        "%s: %s in %s on %,d of %s"
            .formatted(
                painted(verdict),
                text.counts((int) errors, (int) warnings),
                Text.counted(report.statements(), "statement"),
                report.checkedDatabases(),
                Text.counted(report.databases(), "database")));
    text.coverage(report.unanalysed());
    if (!report.error().isEmpty()) {
      text.line(text.painted(Status.ERROR, "The run ended early: " + report.error()));
    } else if (verdict == Verdict.INCOMPLETE) {
      text.line(
          text.painted(
              Status.ERROR, "What could not be checked may hold anything: nothing is known of it"));
    }
  }

  private String painted(Verdict verdict) {
    return switch (verdict) {
      case PASS -> text.painted(Status.SUCCESS, "PASS");
      case WARN -> text.painted(Status.WARNING, "WARN");
      case FAIL -> text.painted(Status.ERROR, "FAIL");
      case INCOMPLETE -> text.painted(Status.ERROR, "INCOMPLETE");
    };
  }
}
