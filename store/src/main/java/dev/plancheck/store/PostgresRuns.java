// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.store.codec.ConfigCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/// Runs in the table `plan_check_run`, one row per plan, and what belongs to them in the tables
/// beside it.
final class PostgresRuns implements Runs {
  private final Jdbi jdbi;
  private final RunReader reader;
  private final RunOrders orders;
  private final ResultReading results;
  private final RunWatch watch;
  private final Runnable foldQueued;

  /// `foldQueued` is called after an attempt got ready for its fold.
  PostgresRuns(Jdbi jdbi, Folding folding, RunWatch watch, Runnable foldQueued) {
    this.jdbi = jdbi;
    this.reader = new RunReader(jdbi);
    this.orders = new RunOrders(jdbi, folding);
    this.results = new ResultReading(jdbi);
    this.watch = watch;
    this.foldQueued = foldQueued;
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, RunOrder order) {
    return orders.enqueue(plan, order);
  }

  @Override
  public boolean cancel(PlanName plan, int attempt, String actor) {
    var canceled =
        Transactions.whole(jdbi, handle -> RunEndings.cancel(handle, plan, attempt, actor));
    if (canceled) {
      foldQueued.run();
    }
    return canceled;
  }

  @Override
  public Optional<PlanCheckRun> get(PlanName plan) {
    return reader.get(plan);
  }

  @Override
  public Optional<PlanCheckRunConfig> config(PlanName plan) {
    return jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select r.config
                    from plancheck.plan_check_run as r
                    join plancheck.plan as p on p.id = r.plan_id
                    where p.project_id = :project and p.number = :number
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .mapTo(String.class)
                .findOne())
        .map(ConfigCodec::fromJson);
  }

  @Override
  public Optional<PlanCheckRun> read(PlanName plan, long skip, ResultReader reader) {
    return results.read(plan, skip, reader);
  }

  @Override
  public List<RunEvent> events(PlanName plan, long afterId, int limit) {
    return jdbi.withHandle(handle -> RunLog.events(handle, plan, afterId, limit));
  }

  @Override
  public List<PlanCheckRun> list(Query query) {
    return reader.list(query);
  }

  @Override
  public Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener) {
    return watch.add(plan, listener);
  }
}
