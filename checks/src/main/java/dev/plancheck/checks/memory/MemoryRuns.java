// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunActiveException;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs in memory: every write is one step under the object's lock, and its watchers hear of it
/// outside of the lock.
final class MemoryRuns implements Runs {
  /// `results` is null until there are any.
  private record Row(PlanCheckRun run, PlanCheckRunConfig config, @Nullable List<Result> results) {
    Row with(PlanCheckRun changed) {
      return new Row(changed, config, results);
    }

    Row with(PlanCheckRun changed, List<Result> found) {
      return new Row(changed, config, List.copyOf(found));
    }
  }

  private final Plans plans;
  private final InstantSource clock;
  private final Map<PlanName, Row> rows = new HashMap<>();
  private final TreeMap<Long, PlanName> ids = new TreeMap<>();
  private final Watchers watchers = new Watchers();

  MemoryRuns(Plans plans, InstantSource clock) {
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public synchronized PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config) {
    if (plans.get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    var row = rows.get(plan);
    if (row != null && !row.run.status().isFinal()) {
      throw new RunActiveException(plan, row.run.status());
    }
    var now = clock.instant();
    var run =
        row == null
            ? PlanCheckRun.first(ids.isEmpty() ? 1 : ids.lastKey() + 1, plan, config, now)
            : row.run.withNextAttempt(config, now);
    ids.put(run.id(), plan);
    put(new Row(run, config, null));
    return run;
  }

  @Override
  public synchronized Optional<Claim> claim(long runId, int attempt) {
    var plan = ids.get(runId);
    if (plan == null) {
      return Optional.empty();
    }
    var claim = new Claim(runId, plan, attempt);
    return change(claim, is(RunStatus.QUEUED), (row, now) -> row.with(row.run.withStart(now)))
        ? Optional.of(claim)
        : Optional.empty();
  }

  @Override
  public synchronized boolean progress(Claim claim, RunCounts counts) {
    return change(
        claim, is(RunStatus.RUNNING), (row, now) -> row.with(row.run.withCounts(counts, now)));
  }

  @Override
  public synchronized boolean finish(
      Claim claim, RunStatus status, RunCounts counts, List<Result> results, String error) {
    return change(
        claim,
        is(RunStatus.RUNNING),
        (row, now) -> row.with(row.run.withEnd(status, counts, error, now), results));
  }

  @Override
  public synchronized boolean cancel(PlanName plan, int attempt) {
    var row = rows.get(plan);
    return row != null
        && change(
            new Claim(row.run.id(), plan, attempt),
            found -> !found.run.status().isFinal(),
            (found, now) -> found.with(found.run.withCancel(now)));
  }

  @Override
  public synchronized boolean keepPartial(Claim claim, RunCounts counts, List<Result> results) {
    return change(
        claim,
        is(RunStatus.CANCELED).and(row -> row.results == null),
        (row, now) -> row.with(row.run.withPartial(counts, now), results));
  }

  @Override
  public synchronized Optional<PlanCheckRun> get(PlanName plan) {
    return Optional.ofNullable(rows.get(plan)).map(Row::run);
  }

  @Override
  public synchronized Optional<PlanCheckRunConfig> config(PlanName plan) {
    return Optional.ofNullable(rows.get(plan)).map(Row::config);
  }

  @Override
  public synchronized List<Result> results(PlanName plan) {
    return Optional.ofNullable(rows.get(plan)).map(Row::results).orElse(List.of());
  }

  @Override
  public synchronized List<PlanCheckRun> list(Query query) {
    return ids.tailMap(query.afterId(), false).values().stream()
        .flatMap(plan -> get(plan).stream())
        .filter(run -> fits(query, run))
        .limit(query.limit())
        .toList();
  }

  @Override
  public Subscription watch(PlanName plan, Consumer<PlanCheckRun> listener) {
    return watchers.add(plan, listener);
  }

  private static Predicate<Row> is(RunStatus status) {
    return row -> row.run.status() == status;
  }

  private boolean change(Claim claim, Predicate<Row> fence, BiFunction<Row, Instant, Row> change) {
    var row = rows.get(claim.plan());
    if (row == null
        || row.run.id() != claim.runId()
        || row.run.attempt() != claim.attempt()
        || !fence.test(row)) {
      return false;
    }
    put(change.apply(row, clock.instant()));
    return true;
  }

  private void put(Row row) {
    rows.put(row.run.plan(), row);
    watchers.tell(row.run);
  }

  private static boolean fits(Query query, PlanCheckRun run) {
    return (query.project() == null || query.project().equals(run.plan().project()))
        && fits(query.plans(), run.plan())
        && fits(query.ids(), run.id())
        && fits(query.statuses(), run.status())
        && (query.resultStatuses().isEmpty()
            || query.resultStatuses().stream().anyMatch(status -> has(run.counts(), status)));
  }

  private static <T> boolean fits(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private static boolean has(RunCounts counts, Status status) {
    return counts.count(status) > 0 || (status == Status.ERROR && counts.notPerformed() > 0);
  }
}
