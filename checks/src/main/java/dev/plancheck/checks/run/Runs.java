// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The port to where runs are kept: exactly one record per plan. Every write is fenced by (run,
/// attempt) and the status it expects, and tells by its answer whether it took place. Who works on
/// runs uses [Shards].
public interface Runs {
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

  /// Creates the plan's record, or makes a final one the next attempt, as QUEUED with its shards
  /// and their entries in the queue, in one transaction. Throws [RunActiveException] while the
  /// plan's run is QUEUED or RUNNING, and [dev.plancheck.checks.ApiException]: NOT_FOUND for an
  /// unknown plan, ABORTED when the order keeps results of an attempt that is not the last any
  /// more, or is not folded yet.
  ///
  /// The record keeps its id; counts begin as ordered, verdict and error go, and of the times only
  /// `createdAt` stays. Results stay, as those of a previous attempt, until the new one is folded.
  PlanCheckRun enqueue(PlanName plan, RunOrder order);

  /// QUEUED or RUNNING becomes CANCELED and INCOMPLETE at once, and no shard has an owner any more;
  /// what was found is folded soon after, without touching status or verdict. False if it was final
  /// already or is another attempt.
  boolean cancel(PlanName plan, int attempt, String actor);

  Optional<PlanCheckRun> get(PlanName plan);

  Optional<PlanCheckRunConfig> config(PlanName plan);

  /// Takes results one by one.
  interface ResultReader {
    /// Whether it wants more.
    boolean take(FoundResult result);
  }

  /// Hands the plan's results to `reader`, from the `skip`-th on, counted from 0, until it wants no
  /// more; returns the record that they are results of, empty for a plan that was never checked.
  /// All is read from one state of the storage, and no more of it than the reader takes.
  ///
  /// Results are in plan order. While an attempt is not folded those that it found come first, in
  /// the order in which they were stored, and behind them the previous ones of targets that it has
  /// no results of yet.
  Optional<PlanCheckRun> read(PlanName plan, long skip, ResultReader reader);

  /// All that [#read] gives.
  default List<Result> results(PlanName plan) {
    var all = new ArrayList<Result>();
    var _ = read(plan, 0, found -> all.add(found.result()));
    return all;
  }

  /// The plan's log, oldest first: at most `limit` events with greater ids than `afterId`.
  List<RunEvent> events(PlanName plan, long afterId, int limit);

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
