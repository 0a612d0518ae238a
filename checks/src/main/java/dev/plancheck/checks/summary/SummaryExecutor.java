// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.TargetReading;
import dev.plancheck.engine.review.Finding;
import java.util.List;

/// STATEMENT_SUMMARY_REPORT: what the sheet changes in this very target.
public record SummaryExecutor() {
  public List<Result> check(CheckTarget target, TargetReading reading)
      throws NotPerformedException {
    var report =
        Summary.of(
            reading.script(), reading.snapshot(), reading.estimates(), !reading.before().isEmpty());
    return List.of(
        Result.performed(target, CheckType.STATEMENT_SUMMARY_REPORT, Finding.OK, report));
  }
}
