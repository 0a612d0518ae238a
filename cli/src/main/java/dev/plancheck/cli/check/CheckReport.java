// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The answer of `check`: per script, per database, what was found. `error` is what stopped the
/// run, else empty.
record CheckReport(List<CheckedScript> scripts, RunStatus status, Verdict verdict, String error) {
  CheckReport {
    scripts = List.copyOf(scripts);
  }

  /// One script on all databases, in the order they were named.
  record CheckedScript(
      ScriptFile file, int statements, int unanalysed, List<CheckedDatabase> databases) {
    CheckedScript {
      databases = List.copyOf(databases);
    }

    int notPerformed() {
      return (int) databases.stream().filter(database -> !database.isPerformed()).count();
    }

    /// Equal findings once, in the order of the script, with the databases they were found on.
    List<Group> groups() {
      var groups = new LinkedHashMap<Finding, List<String>>();
      for (var database : databases) {
        for (var finding : database.findings()) {
          groups.computeIfAbsent(finding, _ -> new ArrayList<>()).add(database.name());
        }
      }
      return groups.entrySet().stream()
          .map(group -> new Group(group.getKey(), group.getValue()))
          .sorted()
          .toList();
    }

    int count(Status status) {
      return databases.stream().mapToInt(database -> database.count(status)).sum();
    }
  }

  /// One script on one database. `causes` are why some of it was not performed; `summary` is null
  /// when that part was not. `ghost` is how gh-ost would make the change, null unless it could.
  record CheckedDatabase(
      String name,
      List<Finding> findings,
      List<String> causes,
      @Nullable SummaryReport summary,
      @Nullable String ghost) {
    CheckedDatabase {
      findings = List.copyOf(findings);
      causes = List.copyOf(causes);
    }

    static CheckedDatabase of(String name, List<Result> results) {
      return new CheckedDatabase(
          name,
          results.stream()
              .filter(result -> result.outcome() == Outcome.PERFORMED)
              .map(Result::finding)
              .filter(finding -> finding.status() != Status.SUCCESS)
              .toList(),
          results.stream()
              .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
              .map(result -> result.finding().content())
              .distinct()
              .toList(),
          results.stream().map(Result::summary).filter(Objects::nonNull).findFirst().orElse(null),
          results.stream()
              .filter(result -> result.type() == CheckType.GHOST_SYNC)
              .map(Result::finding)
              .filter(finding -> finding.status() == Status.SUCCESS)
              .map(Finding::content)
              .findFirst()
              .orElse(null));
    }

    boolean isPerformed() {
      return causes.isEmpty() && summary != null;
    }

    int count(Status status) {
      return (int) findings.stream().filter(finding -> finding.status() == status).count();
    }
  }

  /// The same finding on some databases.
  record Group(Finding finding, List<String> databases) implements Comparable<Group> {
    Group {
      databases = List.copyOf(databases);
    }

    /// By place; what has none comes last.
    @Override
    public int compareTo(Group other) {
      var mine = finding.range();
      var theirs = other.finding.range();
      if (mine == null || theirs == null) {
        return Boolean.compare(mine == null, theirs == null);
      }
      return mine.start().compareTo(theirs.start());
    }
  }

  int count(Status status) {
    return scripts.stream().mapToInt(script -> script.count(status)).sum();
  }

  /// Checks that could not be made: one per database, script and cause.
  int failedChecks() {
    return scripts.stream()
        .flatMap(script -> script.databases().stream())
        .mapToInt(database -> database.causes().size())
        .sum();
  }

  int statements() {
    return scripts.stream().mapToInt(CheckedScript::statements).sum();
  }

  int unanalysed() {
    return scripts.stream().mapToInt(CheckedScript::unanalysed).sum();
  }

  Status worst() {
    return count(Status.ERROR) > 0
        ? Status.ERROR
        : count(Status.WARNING) > 0 ? Status.WARNING : Status.SUCCESS;
  }

  int databases() {
    return scripts.isEmpty() ? 0 : scripts.getFirst().databases().size();
  }

  /// Databases on which all checks of all scripts were performed.
  int checkedDatabases() {
    return (int)
        IntStream.range(0, databases())
            .filter(
                i -> scripts.stream().allMatch(script -> script.databases().get(i).isPerformed()))
            .count();
  }
}
