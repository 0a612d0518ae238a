// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import java.util.ArrayList;
import java.util.List;

/// Lists of results as real runs make them, and as they come at the worst.
public final class SampleResults {
  private static final String SHEET = "5f".repeat(32);
  private static final TextRange RANGE = new TextRange(new Position(3, 1), new Position(3, 58));

  private SampleResults() {}

  /// Per target four findings of the review, one summary with numbers of its own, and gh-ost's
  /// answer; each hundredth target has drifted and has an error of its own.
  public static List<Result> ofTenants(int targets) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < targets; number++) {
      var target = target(number);
      for (var finding = 0; finding < 4; finding++) {
        results.add(review(target, review(finding)));
      }
      if (number % 100 == 99) {
        results.add(review(target, drifted(number)));
      }
      results.add(summary(target, number));
      results.add(
          new Result(
              target, "spec-1", SHEET, CheckType.GHOST_SYNC, Outcome.PERFORMED, Finding.OK, null));
    }
    return results;
  }

  /// Per target one finding that no other target has, and nothing else.
  public static List<Result> allDifferent(int targets) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < targets; number++) {
      results.add(review(target(number), drifted(number)));
    }
    return results;
  }

  /// Per target one finding that no other target has, as short as can be, of a spec and a sheet
  /// that no other target has: nothing to share at all.
  public static List<Result> nothingToShare(int targets) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < targets; number++) {
      var finding = new Finding("", Status.SUCCESS, "", Integer.toString(number), null);
      results.add(
          new Result(
              new DatabaseName("a", "d" + number),
              "s" + number,
              "%064x".formatted(number * 0x9E3779B97F4A7C15L),
              CheckType.GHOST_SYNC,
              Outcome.PERFORMED,
              finding,
              null));
    }
    return results;
  }

  /// Two targets in turn, so that no two consecutive results are of the same target.
  public static List<Result> inTurns(int count) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < count; number++) {
      results.add(review(target(number % 2), drifted(number)));
    }
    return results;
  }

  /// Per target a summary in which everything differs from every other.
  public static List<Result> differentSummaries(int targets) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < targets; number++) {
      var table =
          new ChangedTable(
              "tenant_%d.customer_order".formatted(number),
              null,
              null,
              AffectedRows.unknown("no permission for tenant_" + number));
      var report =
          new SummaryReport(
              "%064x".formatted(number * 0x9E3779B97F4A7C15L),
              List.of("UPDATE", "ALTER TABLE"),
              List.of(table),
              AffectedRows.unknown("no permission for tenant_" + number));
      results.add(summary(target(number), report));
    }
    return results;
  }

  /// Findings that no other target has, as many as wanted.
  public static CheckedTarget adversarial(CheckTarget target, int place, int findings) {
    var results = new ArrayList<Result>();
    for (var number = 0; number < findings; number++) {
      var finding =
          new Finding(
              "schema.missing-column",
              Status.ERROR,
              "The script names what does not exist",
              "The column that is named at this place of the script does not exist in the database"
                  + " of target %d: %d".formatted(place, number),
              RANGE);
      results.add(Result.performed(target, CheckType.STATEMENT_ADVISE, finding, null));
    }
    return new CheckedTarget(place, results);
  }

  private static Result summary(DatabaseName target, int number) {
    var table =
        new ChangedTable(
            "public.customer_order",
            1000L + number * 37L,
            8192L * (100 + number % 977),
            new AffectedRows(Method.ESTIMATED, 10L + number % 501, ""));
    var other = new ChangedTable("public.customer", 500L, 65536L, AffectedRows.NONE);
    var report =
        new SummaryReport(
            number % 100 == 99 ? "drifted-" + number : "ab".repeat(32),
            List.of("ALTER TABLE", "CREATE INDEX", "UPDATE", "DELETE"),
            List.of(table, other),
            table.affected());
    return summary(target, report);
  }

  private static Result summary(DatabaseName target, SummaryReport report) {
    return new Result(
        target,
        "spec-1",
        SHEET,
        CheckType.STATEMENT_SUMMARY_REPORT,
        Outcome.PERFORMED,
        Finding.OK,
        report);
  }

  private static Result review(DatabaseName target, Finding finding) {
    return new Result(
        target, "spec-1", SHEET, CheckType.STATEMENT_ADVISE, Outcome.PERFORMED, finding, null);
  }

  private static DatabaseName target(int number) {
    return new DatabaseName("prod-eu-1", "tenant_%05d".formatted(number));
  }

  private static Finding review(int number) {
    return new Finding(
        "index.create-without-concurrently-" + number,
        number == 0 ? Status.ERROR : Status.WARNING,
        "Creating an index blocks writes",
        "Index order_customer_%d blocks writes to customer_order while it is built: build it with CREATE INDEX CONCURRENTLY"
            .formatted(number),
        RANGE);
  }

  private static Finding drifted(int number) {
    return new Finding(
        "schema.missing-column",
        Status.ERROR,
        "The script names what does not exist",
        "Column legacy_code_%d of table customer_order does not exist in this database; the script would stop at this statement and roll back"
            .formatted(number),
        RANGE);
  }
}
