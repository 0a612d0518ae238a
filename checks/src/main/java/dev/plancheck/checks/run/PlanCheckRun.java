// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.policy.AppliedPolicies;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The one record of a plan's checks, without its config and results, which are read apart.
///
/// `id` stays the same over re-runs and `attempt` counts them from 1. `verdict` is null until the
/// run is final. `error` is what stopped a FAILED run, else empty. The `with` methods are the only
/// steps that a record can take.
public record PlanCheckRun(
    long id,
    PlanName plan,
    RunStatus status,
    @Nullable Verdict verdict,
    int attempt,
    int planVersion,
    AppliedPolicies policies,
    String rulesVersion,
    String membershipHash,
    RunCounts counts,
    String error,
    Times times,
    Origin origin) {

  /// Times by the storage's clock; null is not yet.
  public record Times(
      Instant createdAt,
      Instant queuedAt,
      @Nullable Instant startedAt,
      Instant updatedAt,
      @Nullable Instant finishedAt,
      @Nullable Instant oldestResultAt) {
    static Times queued(Instant createdAt, Instant now) {
      return new Times(createdAt, now, null, now, null, null);
    }
  }

  public String policyHash() {
    return policies.hash();
  }

  /// A plan's first attempt, QUEUED.
  public static PlanCheckRun first(long id, PlanName plan, RunOrder order, Instant now) {
    return queued(id, plan, 1, order, Times.queued(now, now));
  }

  /// The next attempt, QUEUED.
  public PlanCheckRun withNextAttempt(RunOrder order, Instant now) {
    return queued(id, plan, attempt + 1, order, Times.queued(times.createdAt, now));
  }

  /// QUEUED became RUNNING.
  public PlanCheckRun withStart(Instant now) {
    var started = new Times(times.createdAt, times.queuedAt, now, now, null, null);
    return with(RunStatus.RUNNING, null, counts, error, started);
  }

  public PlanCheckRun withCounts(RunCounts moved, Instant now) {
    var updated =
        new Times(
            times.createdAt,
            times.queuedAt,
            times.startedAt,
            now,
            times.finishedAt,
            times.oldestResultAt);
    return with(status, verdict, moved, error, updated);
  }

  /// Every check has its result: RUNNING became DONE.
  public PlanCheckRun withEnd(RunCounts exact, Instant oldestResultAt, Instant now) {
    return with(
        RunStatus.DONE, exact.verdict(RunStatus.DONE), exact, "", ended(now, oldestResultAt));
  }

  /// Ended by a user; its results are folded later.
  public PlanCheckRun withCancel(Instant now) {
    return with(RunStatus.CANCELED, Verdict.INCOMPLETE, counts, error, ended(now, null));
  }

  /// Ended by what it stands on; its results are folded later.
  public PlanCheckRun withFailure(String why, Instant now) {
    return with(RunStatus.FAILED, Verdict.INCOMPLETE, counts, why, ended(now, null));
  }

  /// The results of a canceled or failed run were folded, as far as it came.
  public PlanCheckRun withPartial(RunCounts exact, @Nullable Instant oldestResultAt, Instant now) {
    var kept =
        new Times(
            times.createdAt,
            times.queuedAt,
            times.startedAt,
            now,
            times.finishedAt,
            oldestResultAt);
    return with(status, verdict, exact, error, kept);
  }

  /// A migrated run for which somebody vouches until then, or, by null, nobody.
  public PlanCheckRun withTrust(@Nullable Instant until) {
    return new PlanCheckRun(
        id,
        plan,
        status,
        verdict,
        attempt,
        planVersion,
        policies,
        rulesVersion,
        membershipHash,
        counts,
        error,
        times,
        new Origin.Legacy(until));
  }

  private static PlanCheckRun queued(
      long id, PlanName plan, int attempt, RunOrder order, Times times) {
    var config = order.config();
    return new PlanCheckRun(
        id,
        plan,
        RunStatus.QUEUED,
        null,
        attempt,
        config.planVersion(),
        config.policies(),
        config.rulesVersion(),
        config.membershipHash(),
        order.counts(),
        "",
        times,
        Origin.CHECKED);
  }

  private Times ended(Instant now, @Nullable Instant oldestResultAt) {
    return new Times(times.createdAt, times.queuedAt, times.startedAt, now, now, oldestResultAt);
  }

  private PlanCheckRun with(
      RunStatus newStatus,
      @Nullable Verdict newVerdict,
      RunCounts newCounts,
      String newError,
      Times newTimes) {
    return new PlanCheckRun(
        id,
        plan,
        newStatus,
        newVerdict,
        attempt,
        planVersion,
        policies,
        rulesVersion,
        membershipHash,
        newCounts,
        newError,
        newTimes,
        origin);
  }
}
