// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.metric;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.Runs;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Counts the attempts that users of this process asked for and canceled.
public final class CountedRuns implements Runs {
  private final Runs runs;
  private final MeterRegistry numbers;

  public CountedRuns(Runs runs, MeterRegistry numbers) {
    this.runs = runs;
    this.numbers = numbers;
    asked("queued", 0);
    asked("canceled", 0);
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, RunOrder order) {
    var run = runs.enqueue(plan, order);
    asked("queued", 1);
    return run;
  }

  @Override
  public boolean cancel(PlanName plan, int attempt, String actor) {
    var canceled = runs.cancel(plan, attempt, actor);
    asked("canceled", canceled ? 1 : 0);
    return canceled;
  }

  private void asked(String what, int more) {
    numbers.counter("plancheck.runs.asked", "event", what).increment(more);
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
