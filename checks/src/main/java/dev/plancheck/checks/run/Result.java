// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import org.jspecify.annotations.Nullable;

/// One remark about one target, with everything that says what it is about. A run's results are a
/// flat list of these, in plan order; each check of each chosen target leaves at least one.
///
/// `computed` is the SHA-256 of the sheet that was computed for this target, where the plan's own
/// sheet is a wanted schema; else, or when it could not be computed, it is empty. What the finding
/// says is about the computed sheet, if there is one.
///
/// `summary` is set on the one result of a STATEMENT_SUMMARY_REPORT that was performed, else null.
public record Result(
    DatabaseName target,
    String spec,
    String sheet,
    CheckType type,
    Outcome outcome,
    Finding finding,
    @Nullable SummaryReport summary,
    String computed) {

  /// Of a sheet that is applied as it is written.
  public Result(
      DatabaseName target,
      String spec,
      String sheet,
      CheckType type,
      Outcome outcome,
      Finding finding,
      @Nullable SummaryReport summary) {
    this(target, spec, sheet, type, outcome, finding, summary, "");
  }

  /// A check that could not be made: always an ERROR titled "Check failed".
  public static Result notPerformed(CheckTarget target, CheckType type, String cause) {
    var finding = new Finding("", Status.ERROR, "Check failed", cause, null);
    return new Result(
        target.target(), target.spec(), target.sheet(), type, Outcome.NOT_PERFORMED, finding, null);
  }

  public static Result performed(
      CheckTarget target, CheckType type, Finding finding, @Nullable SummaryReport summary) {
    return new Result(
        target.target(), target.spec(), target.sheet(), type, Outcome.PERFORMED, finding, summary);
  }

  /// The same of a computed sheet.
  public Result withComputed(String sha256) {
    return new Result(target, spec, sheet, type, outcome, finding, summary, sha256);
  }

  /// The SHA-256 of what would run on the target.
  public String applied() {
    return computed.isEmpty() ? sheet : computed;
  }
}
