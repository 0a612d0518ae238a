// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.metric;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Counts what this server does with runs: how many it queued and ended and as what, their results,
/// their targets, their time.
public final class CountedRuns implements Runs {
  private final Runs runs;
  private final MeterRegistry numbers;

  public CountedRuns(Runs runs, MeterRegistry numbers) {
    this.runs = runs;
    this.numbers = numbers;
    for (var status : RunStatus.values()) {
      runsIn(status, 0);
    }
  }

  @Override
  public PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config) {
    var run = runs.enqueue(plan, config);
    runsIn(RunStatus.QUEUED, 1);
    return run;
  }

  @Override
  public Optional<Claim> claim(long runId, int attempt) {
    var claim = runs.claim(runId, attempt);
    claim.ifPresent(_ -> runsIn(RunStatus.RUNNING, 1));
    return claim;
  }

  @Override
  public boolean progress(Claim claim, RunCounts counts) {
    return runs.progress(claim, counts);
  }

  @Override
  public boolean finish(
      Claim claim, RunStatus status, RunCounts counts, List<Result> results, String error) {
    var finished = runs.finish(claim, status, counts, results, error);
    if (finished) {
      runsIn(status, 1);
      count(counts);
      runs.get(claim.plan()).ifPresent(this::time);
    }
    return finished;
  }

  @Override
  public boolean cancel(PlanName plan, int attempt) {
    var canceled = runs.cancel(plan, attempt);
    if (canceled) {
      runsIn(RunStatus.CANCELED, 1);
    }
    return canceled;
  }

  @Override
  public boolean keepPartial(Claim claim, RunCounts counts, List<Result> results) {
    var kept = runs.keepPartial(claim, counts, results);
    if (kept) {
      count(counts);
    }
    return kept;
  }

  private void runsIn(RunStatus status, int more) {
    numbers.counter("plancheck.runs", "status", word(status)).increment(more);
  }

  private void count(RunCounts counts) {
    numbers.counter("plancheck.targets.checked").increment(counts.done());
    results("success", counts.success());
    results("warning", counts.warning());
    results("error", counts.error());
    results("not_performed", counts.notPerformed());
  }

  private void results(String status, int more) {
    numbers.counter("plancheck.results", "status", status).increment(more);
  }

  private void time(PlanCheckRun run) {
    var started = run.times().startedAt();
    var finished = run.times().finishedAt();
    if (started != null && finished != null) {
      numbers
          .timer("plancheck.run.duration", "status", word(run.status()))
          .record(Duration.between(started, finished));
    }
  }

  private static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
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
