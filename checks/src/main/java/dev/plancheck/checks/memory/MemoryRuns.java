// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunActiveException;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards;
import dev.plancheck.engine.review.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs in memory: every write is one step under the object's lock, and its watchers hear of it
/// outside of the lock. What is due to be folded is folded in the same step.
final class MemoryRuns implements Runs, Shards {
  private final Plans plans;
  private final InstantSource clock;
  private final Map<PlanName, MemoryRun> rows = new HashMap<>();
  private final TreeMap<Long, PlanName> ids = new TreeMap<>();
  private final Watchers watchers = new Watchers();

  MemoryRuns(Plans plans, InstantSource clock) {
    this.plans = plans;
    this.clock = clock;
  }

  @Override
  public synchronized PlanCheckRun enqueue(PlanName plan, RunOrder order) {
    if (plans.get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    var row = rows.get(plan);
    if (row != null && !row.run().status().isFinal()) {
      throw new RunActiveException(plan, row.run().status());
    }
    if (order.after() != (row == null || order.after() == 0 ? 0 : row.run().attempt())) {
      throw ApiException.aborted(
          "%s was checked again since attempt %d: read the run and ask again"
              .formatted(plan, order.after()));
    }
    var now = clock.instant();
    if (row == null) {
      row = new MemoryRun(ids.isEmpty() ? 1 : ids.lastKey() + 1, plan, order, now);
      rows.put(plan, row);
      ids.put(row.run().id(), plan);
    } else {
      row.begin(order, now);
    }
    row.log(RunEvent.Kind.QUEUED, order.actor(), now);
    watchers.tell(row.run());
    return row.run();
  }

  @Override
  public synchronized boolean cancel(PlanName plan, int attempt, String actor) {
    var row = rows.get(plan);
    if (row == null || row.run().attempt() != attempt || row.run().status().isFinal()) {
      return false;
    }
    var now = clock.instant();
    end(row, row.run().withCancel(now), RunEvent.Kind.CANCELED, actor);
    return true;
  }

  @Override
  public synchronized Optional<Claim> claim(ShardKey key) {
    var row = active(key);
    var part = row == null ? null : row.part(key.shard());
    if (row == null || part == null || part.complete) {
      return Optional.empty();
    }
    var now = clock.instant();
    if (row.run().status() == RunStatus.QUEUED) {
      change(row, row.run().withStart(now));
    }
    part.epoch++;
    var started = row.run().times().startedAt();
    var running = started == null ? Duration.ZERO : Duration.between(started, now);
    return Optional.of(
        new Claim(key, part.epoch, row.run().plan(), part.shard, running, part.barren++));
  }

  @Override
  public synchronized Optional<PlanCheckRunConfig> config(Claim claim) {
    return Optional.ofNullable(active(claim.key())).map(MemoryRun::config);
  }

  @Override
  public synchronized BitSet finished(Claim claim) {
    var row = active(claim.key());
    var part = row == null ? null : row.part(claim.key().shard());
    return part == null ? new BitSet() : (BitSet) part.finished.clone();
  }

  @Override
  public synchronized boolean append(Claim claim, List<CheckedTarget> targets) {
    return owned(
        claim,
        (row, part) -> {
          row.append(part, targets, clock.instant());
          watchers.tell(row.run());
        });
  }

  @Override
  public synchronized boolean complete(Claim claim) {
    return owned(
        claim,
        (row, part) -> {
          if (part.finished.cardinality() != part.shard.size()) {
            throw new IllegalStateException(
                "%d of %d targets of shard %s have results (expected: all)"
                    .formatted(part.finished.cardinality(), part.shard.size(), claim.key()));
          }
          part.complete = true;
          if (row.parts().values().stream().allMatch(other -> other.complete)) {
            fold(row);
            row.log(RunEvent.Kind.DONE, "", clock.instant());
          }
        });
  }

  @Override
  public synchronized boolean release(Claim claim) {
    return owned(
        claim,
        (_, part) -> {
          part.epoch++;
          part.barren--;
        });
  }

  @Override
  public synchronized boolean fail(Claim claim, String error) {
    return owned(
        claim,
        (row, _) ->
            end(row, row.run().withFailure(error, clock.instant()), RunEvent.Kind.FAILED, ""));
  }

  @Override
  public synchronized Optional<PlanCheckRun> get(PlanName plan) {
    return Optional.ofNullable(rows.get(plan)).map(MemoryRun::run);
  }

  @Override
  public synchronized Optional<PlanCheckRunConfig> config(PlanName plan) {
    return Optional.ofNullable(rows.get(plan)).map(MemoryRun::config);
  }

  @Override
  public Optional<PlanCheckRun> read(PlanName plan, long skip, ResultReader reader) {
    PlanCheckRun run;
    List<FoundResult> results;
    synchronized (this) {
      var row = rows.get(plan);
      if (row == null) {
        return Optional.empty();
      }
      run = row.run();
      results = row.results();
    }
    for (var at = skip; at < results.size() && reader.take(results.get((int) at)); at++) {
      // The reader takes them.
    }
    return Optional.of(run);
  }

  @Override
  public synchronized List<RunEvent> events(PlanName plan, long afterId, int limit) {
    var row = rows.get(plan);
    return row == null
        ? List.of()
        : row.events.stream().filter(event -> event.id() > afterId).limit(limit).toList();
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

  /// The shards of a run that wait for their first worker.
  synchronized Collection<ShardKey> shards(PlanCheckRun run) {
    var row = rows.get(run.plan());
    return row == null
        ? List.of()
        : row.parts().keySet().stream()
            .map(shard -> new ShardKey(run.id(), run.attempt(), shard))
            .toList();
  }

  private interface Write {
    void to(MemoryRun row, MemoryRun.Part part);
  }

  private boolean owned(Claim claim, Write write) {
    var row = active(claim.key());
    var part = row == null ? null : row.part(claim.key().shard());
    if (row == null || part == null || part.complete || part.epoch != claim.epoch()) {
      return false;
    }
    write.to(row, part);
    return true;
  }

  private @Nullable MemoryRun active(ShardKey key) {
    var plan = ids.get(key.run());
    var row = plan == null ? null : rows.get(plan);
    return row != null && row.run().attempt() == key.attempt() && !row.run().status().isFinal()
        ? row
        : null;
  }

  private void end(MemoryRun row, PlanCheckRun ended, RunEvent.Kind kind, String actor) {
    row.disown();
    row.change(ended);
    fold(row);
    row.log(kind, actor, clock.instant());
  }

  private void fold(MemoryRun row) {
    row.fold(clock.instant());
    watchers.tell(row.run());
  }

  private void change(MemoryRun row, PlanCheckRun changed) {
    row.change(changed);
    watchers.tell(changed);
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
