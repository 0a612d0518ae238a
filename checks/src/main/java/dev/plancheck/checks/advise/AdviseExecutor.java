// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import dev.plancheck.checks.declarative.Drops;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.Patience;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.TargetReading;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;

/// STATEMENT_ADVISE: the review of what would run on a target that looks like this one.
public record AdviseExecutor(SharedReviews reviews) {
  /// One result per finding, or one success.
  public List<Result> check(CheckTarget target, TargetReading reading, Patience patience)
      throws NotPerformedException, InterruptedException {
    var flaws = reading.flaws();
    var findings = flaws.isEmpty() ? review(target, reading, patience) : flaws;
    return (findings.isEmpty() ? List.of(fine(target, reading)) : findings)
        .stream()
            .map(finding -> Result.performed(target, CheckType.STATEMENT_ADVISE, finding, null))
            .toList();
  }

  private List<Finding> review(CheckTarget target, TargetReading reading, Patience patience)
      throws NotPerformedException, InterruptedException {
    var script = reading.script();
    var snapshot = reading.snapshot();
    var by = reading.governedBy();
    var review =
        patience.await(
            reviews.review(
                reading.sheet(),
                reading.before(),
                script,
                snapshot,
                target.enableGhost() ? by.forCopies() : by));
    if (!target.enableSdl()) {
      return review.findings();
    }
    var level = by.terms().policy().level(OwnFinding.DECLARATIVE_DROP);
    var findings = new ArrayList<>(Drops.in(script, level));
    findings.addAll(review.findings());
    return findings;
  }

  private static Finding fine(CheckTarget target, TargetReading reading)
      throws NotPerformedException {
    return target.enableSdl() && reading.script().statements().isEmpty()
        ? new Finding(
            "", Status.SUCCESS, "OK", "nothing to change: the database has the wanted schema", null)
        : Finding.OK;
  }
}
