// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.engine.review.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The port to where runs are kept: exactly one record per plan. Every write is fenced by (run,
/// attempt) and the status it expects, and tells by its answer whether it took place.
public interface Runs {
  /// A run that a worker may fill: no other worker has the same claim.
  record Claim(long runId, PlanName plan, int attempt) {}

  /// Which runs to list; a null or empty part does not restrict, and all parts together must fit.
  ///
  /// `resultStatuses` fits a run with at least one result of one of these, by its counts; a check
  /// that was not performed is an ERROR. `limit` is the most to return and `afterId` 0 to begin.
  record Query(
      @Nullable String project,
      Set<PlanName> plans,
      Set<Long> ids,
      Set<RunStatus> statuses,
      Set<Status> resultStatuses,
      int limit,
      long afterId) {
    public Query {
      plans = Set.copyOf(plans);
      ids = Set.copyOf(ids);
      statuses = Set.copyOf(statuses);
      resultStatuses = Set.copyOf(resultStatuses);
    }

    /// The first `limit` of all runs.
    public static Query first(int limit) {
      return new Query(null, Set.of(), Set.of(), Set.of(), Set.of(), limit, 0);
    }

    public Query withProject(String wanted) {
      return new Query(wanted, plans, ids, statuses, resultStatuses, limit, afterId);
    }

    public Query withPlans(Set<PlanName> wanted) {
      return new Query(project, wanted, ids, statuses, resultStatuses, limit, afterId);
    }

    public Query withIds(Set<Long> wanted) {
      return new Query(project, plans, wanted, statuses, resultStatuses, limit, afterId);
    }

    public Query withStatuses(Set<RunStatus> wanted) {
      return new Query(project, plans, ids, wanted, resultStatuses, limit, afterId);
    }

    public Query withResultStatuses(Set<Status> wanted) {
      return new Query(project, plans, ids, statuses, wanted, limit, afterId);
    }

    public Query withAfterId(long last) {
      return new Query(project, plans, ids, statuses, resultStatuses, limit, last);
    }
  }

  /// Creates the plan's record, or replaces a finished one as the next attempt, as QUEUED with its
  /// queue entry, in one transaction. Throws [RunActiveException] while the plan's run is QUEUED or
  /// RUNNING, and [dev.plancheck.checks.ApiException] NOT_FOUND for an unknown plan.
  ///
  /// The record keeps its id; counts begin at those planned, results, verdict and error go, and of
  /// the times only `createdAt` stays.
  PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config);

  /// Makes a QUEUED attempt RUNNING for one worker; empty if it is not QUEUED any more.
  Optional<Claim> claim(long runId, int attempt);

  /// Moves the counters of a RUNNING attempt; false if it is not RUNNING in this attempt any more.
  boolean progress(Claim claim, RunCounts counts);

  /// Ends a RUNNING attempt as DONE or FAILED with all its results, in one write; false if it is
  /// not RUNNING any more: then nothing was written. `error` is empty for DONE. The verdict follows
  /// from status and counts, and `oldestResultAt` becomes the time the attempt started.
  boolean finish(
      Claim claim, RunStatus status, RunCounts counts, List<Result> results, String error);

  /// QUEUED or RUNNING becomes CANCELED and INCOMPLETE at once; false if it was final already or is
  /// another attempt.
  boolean cancel(PlanName plan, int attempt);

  /// Adds what a canceled run had found, without touching its status or verdict; false if it
  /// already has results or a newer attempt began.
  boolean keepPartial(Claim claim, RunCounts counts, List<Result> results);

  Optional<PlanCheckRun> get(PlanName plan);

  Optional<PlanCheckRunConfig> config(PlanName plan);

  /// The flat list of results of the plan's current attempt, in order; empty until it is final.
  List<Result> results(PlanName plan);

  /// By id, ascending.
  List<PlanCheckRun> list(Query query);

  /// Calls `listener` when the plan's record changes, from now on until the subscription is closed.
  /// Changes that follow each other closely may come as one, the last is never left out, and one
  /// call ends before the next begins. The listener must not block.
  Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener);

  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
