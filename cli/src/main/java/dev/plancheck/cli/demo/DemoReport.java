// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.TextRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demo found, as its JSON shows it: times in milliseconds, rows in rows.
///
/// `compared` is null unless the plain, sequential way was run too, and `rolledOut` where the
/// tenants are too few.
record DemoReport(
    Run run,
    Rows rows,
    List<Drifted> drifted,
    List<Grouped> findings,
    Affected affectedRows,
    Timing timing,
    @Nullable Compared compared,
    @Nullable RolledOut rolledOut) {
  DemoReport {
    drifted = List.copyOf(drifted);
    findings = List.copyOf(findings);
  }

  record Run(
      RunStatus status,
      @Nullable Verdict verdict,
      int targetCount,
      int doneCount,
      int errorCount,
      int warningCount,
      int notPerformedCount) {}

  /// `planCheckRun` is counted in the metadata database, after the run.
  record Rows(int planCheckRun) {}

  /// A database whose fingerprint is not the most frequent one, and what differs.
  record Drifted(String target, List<String> differences) {
    Drifted {
      differences = List.copyOf(differences);
    }
  }

  /// A finding and the databases that it is about, `targetCount` of `ofCount`; `targets` names them
  /// when they are few, else it is empty.
  record Grouped(
      String rule,
      Status status,
      String title,
      String content,
      @Nullable TextRange range,
      int targetCount,
      int ofCount,
      List<String> targets) {
    Grouped {
      targets = List.copyOf(targets);
    }
  }

  /// Over all databases; `largest` is the one with the most rows. Rows are null when unknown.
  record Affected(
      AffectedRows.Method method,
      @Nullable Long sum,
      @Nullable String largestTarget,
      @Nullable Long largest) {}

  /// `checkMs` is the whole run, `msPerDatabase` its share for one database. `medianMs` and
  /// `slowestMs` are what a single database took, eight of which are checked at once.
  record Timing(
      long startMs,
      long createMs,
      long checkMs,
      double msPerDatabase,
      long medianMs,
      long slowestMs,
      @Nullable String slowestTarget) {}

  /// One way to check all databases: how long, and over how many connections.
  record Way(long ms, int connections) {}

  /// Both ways over the same databases, once more after the run, so that each finds databases and
  /// process equally warm. `ratio` is how many times longer the plain way took: one after the
  /// other, a connection for each check and for the catalogue, the full catalogue each.
  record Compared(Way shared, Way sequential, double ratio) {}
}
