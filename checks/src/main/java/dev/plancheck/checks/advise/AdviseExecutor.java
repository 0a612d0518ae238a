// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.Patience;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.TargetReading;
import dev.plancheck.engine.review.Finding;
import java.util.List;

/// STATEMENT_ADVISE: the review of the sheet on a target that looks like this one.
public record AdviseExecutor(SharedReviews reviews) {
  /// One result per finding, or one success.
  public List<Result> check(CheckTarget target, TargetReading reading, Patience patience)
      throws NotPerformedException, InterruptedException {
    var script = reading.script();
    var snapshot = reading.snapshot();
    var review =
        patience.await(
            reviews.review(
                target.sheet(), reading.before(), script, snapshot, reading.governedBy()));
    var findings = review.findings().isEmpty() ? List.of(Finding.OK) : review.findings();
    return findings.stream()
        .map(finding -> Result.performed(target, CheckType.STATEMENT_ADVISE, finding, null))
        .toList();
  }
}
