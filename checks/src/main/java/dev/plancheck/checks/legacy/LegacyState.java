// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.legacy.LegacyUid.Told;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one virtual run says: a pure function of the plan's run and what was gathered of the check.
/// `docs/legacy-api.md` has it as a table.
///
/// Unless the plan's run is DONE, current and complete, at least one of its virtual runs is not
/// DONE or has an ERROR: a client that lets a plan go when all are DONE without an ERROR never lets
/// go what our own gate stops.
record LegacyState(LegacyStatus status, String error, Shown shown, @Nullable LegacyResult added) {
  /// Which results are shown.
  enum Shown {
    NONE,
    ALL,
    /// Those that an old row had: what stands for it in the record is no result of it.
    PERFORMED
  }

  /// The plan's run as virtual runs see it. `outOfDate` says why it does not answer for the plan
  /// any more, empty if it does; `edited` is whether the plan changed since.
  record OfPlan(PlanCheckRun run, String outOfDate, boolean edited) {
    private boolean isTold(@Nullable Told told) {
      return told != null && told.attempt() == run.attempt();
    }

    private boolean hasEveryTarget() {
      return run.counts().done() >= run.counts().targets();
    }
  }

  private static final String FAILED_TITLE = "Check failed";

  static LegacyState of(OfPlan plan, Gathered gathered, @Nullable Told told) {
    if (told != null && plan.isTold(told)) {
      var state = new LegacyState(told.status(), told.error(), Shown.PERFORMED, null);
      return plan.edited() ? state.outOfDate("the plan was edited since") : state;
    }
    var state = fromRecord(plan, gathered);
    return plan.outOfDate().isEmpty() ? state : state.outOfDate(plan.outOfDate());
  }

  private static LegacyState fromRecord(OfPlan plan, Gathered gathered) {
    var run = plan.run();
    if (gathered.isSampledOut()) {
      return run.status() == RunStatus.DONE ? sampledOut() : unfinished(run);
    }
    if (!gathered.isAnswered()) {
      return run.status() == RunStatus.DONE
          ? failed("the run ended without a result of this check")
          : unfinished(run);
    }
    if (run.status() != RunStatus.DONE && plan.hasEveryTarget()) {
      return unfinished(run);
    }
    return gathered.isPerformed()
        ? new LegacyState(LegacyStatus.DONE, "", Shown.ALL, null)
        : new LegacyState(LegacyStatus.FAILED, gathered.causes(), Shown.ALL, null);
  }

  private static LegacyState unfinished(PlanCheckRun run) {
    return switch (run.status()) {
      case QUEUED, RUNNING -> new LegacyState(LegacyStatus.RUNNING, "", Shown.NONE, null);
      case FAILED -> failed(run.error());
      case CANCELED -> new LegacyState(LegacyStatus.CANCELED, "", Shown.ALL, null);
      case DONE -> throw new IllegalArgumentException("the run is DONE");
    };
  }

  private static LegacyState failed(String why) {
    return new LegacyState(
        LegacyStatus.FAILED, why, Shown.ALL, LegacyResult.error(FAILED_TITLE, why));
  }

  private static LegacyState sampledOut() {
    return new LegacyState(
        LegacyStatus.DONE,
        "",
        Shown.NONE,
        LegacyResult.warning(
            "Not checked", "This database was not among those that sampling chose to check."));
  }

  /// What is DONE is taken back; everything else stops a client anyway.
  private LegacyState outOfDate(String why) {
    if (status != LegacyStatus.DONE) {
      return this;
    }
    var words =
        "these results do not count any more, because %s: run the checks again".formatted(why);
    return new LegacyState(
        LegacyStatus.FAILED, words, shown, LegacyResult.error("Out of date", words));
  }

  /// The statuses of the results that are shown.
  Set<Status> statuses(Gathered gathered) {
    var all = EnumSet.noneOf(Status.class);
    if (shown != Shown.NONE) {
      all.addAll(gathered.statuses());
    }
    if (shown == Shown.ALL && !gathered.isPerformed()) {
      all.add(Status.ERROR);
    }
    if (added != null) {
      all.add(added.status());
    }
    return all;
  }

  /// Whether a client may let the plan go as far as this run is concerned.
  boolean isClean(Gathered gathered) {
    return status == LegacyStatus.DONE && !statuses(gathered).contains(Status.ERROR);
  }

  LegacyRun run(OfPlan plan, Gathered gathered, LegacyUid uid) {
    var told = plan.isTold(uid.told()) ? uid.told() : null;
    var created = told == null ? gathered.since(plan.run().times().queuedAt()) : told.at();
    return new LegacyRun(
        plan.run().plan(), uid.uid(), uid.check(), status, error, created, results(gathered));
  }

  private List<LegacyResult> results(Gathered gathered) {
    var all = new ArrayList<LegacyResult>();
    switch (shown) {
      case NONE -> {}
      case ALL -> gathered.found().forEach(result -> all.add(LegacyResult.of(result)));
      case PERFORMED ->
          gathered.found().stream()
              .filter(result -> result.outcome() == Outcome.PERFORMED)
              .forEach(result -> all.add(LegacyResult.told(result)));
    }
    if (added != null) {
      all.add(added);
    }
    return all;
  }
}
