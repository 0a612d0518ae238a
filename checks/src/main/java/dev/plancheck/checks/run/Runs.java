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

  /// Which runs to list; a null or empty part does not restrict.
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
  }

  /// Creates the plan's record, or replaces a finished one as the next attempt, as QUEUED with its
  /// queue entry, in one transaction. Throws [RunActiveException] while the plan's run is QUEUED or
  /// RUNNING.
  PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config);

  /// Makes a QUEUED attempt RUNNING for one worker; empty if it is not QUEUED any more.
  Optional<Claim> claim(long runId, int attempt);

  /// Moves the counters of a RUNNING attempt; false if it is not RUNNING in this attempt any more.
  boolean progress(Claim claim, RunCounts counts);

  /// Ends a RUNNING attempt as DONE or FAILED with all its results, in one write; false if it is
  /// not RUNNING any more: then nothing was written. `error` is empty for DONE.
  boolean finish(Claim claim, RunStatus status, List<Result> results, String error);

  /// QUEUED or RUNNING becomes CANCELED at once; false if it was final already.
  boolean cancel(PlanName plan, int attempt);

  /// Adds what a canceled run had found, without touching its status or verdict; false if it
  /// already has results or a newer attempt began.
  boolean keepPartial(Claim claim, List<Result> results);

  Optional<PlanCheckRun> get(PlanName plan);

  Optional<PlanCheckRunConfig> config(PlanName plan);

  /// The flat list of results of the plan's current attempt, in order; empty until it is final.
  List<Result> results(PlanName plan);

  /// By id, ascending.
  List<PlanCheckRun> list(Query query);

  /// Calls `listener` with every change of the plan's record from now on until the subscription is
  /// closed.
  Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener);

  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
