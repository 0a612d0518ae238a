// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
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
    String policyHash,
    String rulesVersion,
    String membershipHash,
    RunCounts counts,
    String error,
    Times times) {

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

  /// A plan's first attempt, QUEUED.
  public static PlanCheckRun first(long id, PlanName plan, PlanCheckRunConfig config, Instant now) {
    return queued(id, plan, 1, config, Times.queued(now, now));
  }

  /// The next attempt, QUEUED.
  public PlanCheckRun withNextAttempt(PlanCheckRunConfig config, Instant now) {
    return queued(id, plan, attempt + 1, config, Times.queued(times.createdAt, now));
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

  /// Ended with results, as DONE or FAILED.
  public PlanCheckRun withEnd(RunStatus end, RunCounts exact, String why, Instant now) {
    return with(end, exact.verdict(end), exact, why, ended(now, times.startedAt));
  }

  /// Ended by a user; results, if any, come later.
  public PlanCheckRun withCancel(Instant now) {
    return with(
        RunStatus.CANCELED, counts.verdict(RunStatus.CANCELED), counts, error, ended(now, null));
  }

  /// A canceled run got the results that it had found.
  public PlanCheckRun withPartial(RunCounts exact, Instant now) {
    var kept =
        new Times(
            times.createdAt,
            times.queuedAt,
            times.startedAt,
            now,
            times.finishedAt,
            times.startedAt);
    return with(status, verdict, exact, error, kept);
  }

  private static PlanCheckRun queued(
      long id, PlanName plan, int attempt, PlanCheckRunConfig config, Times times) {
    return new PlanCheckRun(
        id,
        plan,
        RunStatus.QUEUED,
        null,
        attempt,
        config.planVersion(),
        config.policyHash(),
        config.rulesVersion(),
        config.membershipHash(),
        RunCounts.planned(config.targets().size(), config.chosen().size()),
        "",
        times);
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
        policyHash,
        rulesVersion,
        membershipHash,
        newCounts,
        newError,
        newTimes);
  }
}
