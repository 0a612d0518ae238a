// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs whose storage does not answer the first calls of a worker.
record ShakyRuns(Runs runs, AtomicInteger failures) implements Runs {
  ShakyRuns(Runs runs, int failures) {
    this(runs, new AtomicInteger(failures));
  }

  private <T> T shaky(Supplier<T> call) {
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("the storage does not answer");
    }
    return call.get();
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config) {
    return runs.enqueue(plan, config);
  }

  @Override
  public Optional<Claim> claim(long runId, int attempt) {
    return shaky(() -> runs.claim(runId, attempt));
  }

  @Override
  public boolean progress(Claim claim, RunCounts counts) {
    return shaky(() -> runs.progress(claim, counts));
  }

  @Override
  public boolean finish(
      Claim claim, RunStatus status, RunCounts counts, List<Result> results, String error) {
    return shaky(() -> runs.finish(claim, status, counts, results, error));
  }

  @Override
  public boolean cancel(PlanName plan, int attempt) {
    return runs.cancel(plan, attempt);
  }

  @Override
  public boolean keepPartial(Claim claim, RunCounts counts, List<Result> results) {
    return shaky(() -> runs.keepPartial(claim, counts, results));
  }

  @Override
  public Optional<PlanCheckRun> get(PlanName plan) {
    return runs.get(plan);
  }

  @Override
  public Optional<PlanCheckRunConfig> config(PlanName plan) {
    return shaky(() -> runs.config(plan));
  }

  @Override
  public List<Result> results(PlanName plan) {
    return runs.results(plan);
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
