// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs whose storage is still folding the first so many times that an order keeps results.
final class UnfoldedRuns implements Runs {
  private final Runs runs;
  final AtomicInteger left = new AtomicInteger();

  UnfoldedRuns(Runs runs) {
    this.runs = runs;
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, RunOrder order) {
    if (order.after() > 0 && left.getAndDecrement() > 0) {
      throw ApiException.aborted("attempt %d is not folded yet".formatted(order.after()));
    }
    return runs.enqueue(plan, order);
  }

  @Override
  public boolean cancel(PlanName plan, int attempt, String actor) {
    return runs.cancel(plan, attempt, actor);
  }

  @Override
  public Optional<PlanCheckRun> get(PlanName plan) {
    return runs.get(plan);
  }

  @Override
  public Optional<PlanCheckRunConfig> config(PlanName plan) {
    return runs.config(plan);
  }

  @Override
  public Optional<PlanCheckRun> read(PlanName plan, long skip, ResultReader reader) {
    return runs.read(plan, skip, reader);
  }

  @Override
  public List<RunEvent> events(PlanName plan, long afterId, int limit) {
    return runs.events(plan, afterId, limit);
  }

  @Override
  public List<PlanCheckRun> list(Query query) {
    return runs.list(query);
  }

  @Override
  public Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener) {
    return runs.watch(plan, listener);
  }
}
