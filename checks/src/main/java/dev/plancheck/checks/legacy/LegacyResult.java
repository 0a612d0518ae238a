// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.TextRange;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A result as old clients know it. `code` is 0 where nothing is wrong; `summary` is set on that of
/// a summary report only.
public record LegacyResult(
    Status status,
    String title,
    String content,
    int code,
    @Nullable TextRange range,
    @Nullable Summary summary) {
  /// Of a check that could not be made, as old servers numbered what went wrong inside of them.
  public static final int NOT_PERFORMED = 1;

  /// Of findings of our rules, which have ids and no numbers; greater than every old code.
  public static final int UNNUMBERED = 10_000;

  /// Stands for a number of rows that is not known: not less than what any client compares with.
  public static final long UNKNOWN_ROWS = Integer.MAX_VALUE;

  private static final Pattern MIGRATED_RULE = Pattern.compile("legacy\\.([1-9][0-9]{0,8})");

  /// What of a summary report old clients can read.
  public record Summary(List<String> statementTypes, long affectedRows) {
    public Summary {
      statementTypes = List.copyOf(statementTypes);
    }
  }

  static LegacyResult of(Result result) {
    var finding = result.finding();
    return of(finding, code(result), summary(result.summary(), UNKNOWN_ROWS));
  }

  /// As an old row had it, where 0 stood for what was not known too.
  static LegacyResult told(Result result) {
    var finding = result.finding();
    return of(finding, migratedCode(finding.rule()), summary(result.summary(), 0));
  }

  static LegacyResult error(String title, String content) {
    return new LegacyResult(Status.ERROR, title, content, NOT_PERFORMED, null, null);
  }

  static LegacyResult warning(String title, String content) {
    return new LegacyResult(Status.WARNING, title, content, UNNUMBERED, null, null);
  }

  private static LegacyResult of(Finding finding, int code, @Nullable Summary summary) {
    return new LegacyResult(
        finding.status(), finding.title(), finding.content(), code, finding.range(), summary);
  }

  private static int code(Result result) {
    if (result.outcome() == Outcome.NOT_PERFORMED) {
      return NOT_PERFORMED;
    }
    var migrated = migratedCode(result.finding().rule());
    return migrated == 0 && result.finding().status() != Status.SUCCESS ? UNNUMBERED : migrated;
  }

  /// The migration keeps the code of an old result as a rule of that number.
  private static int migratedCode(String rule) {
    var matcher = MIGRATED_RULE.matcher(rule);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static @Nullable Summary summary(@Nullable SummaryReport report, long unknown) {
    if (report == null) {
      return null;
    }
    return new Summary(report.statementTypes(), rows(report.affected(), unknown));
  }

  /// Old clients ask whether rows are few: of a number that may be any greater one that is not
  /// known.
  private static long rows(AffectedRows affected, long unknown) {
    var rows = affected.rows();
    return rows == null || affected.method() == AffectedRows.Method.AT_LEAST ? unknown : rows;
  }
}
