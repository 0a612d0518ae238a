// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.RunQueue;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.ShardWorker;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on runs in this process, each shard on a virtual thread, a few at once and the others in
/// order. Like the runs themselves it is gone with the process.
final class MemoryQueue implements RunQueue {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryQueue.class);
  private static final int SHARDS_AT_ONCE = 4;

  private final Function<PlanCheckRun, Collection<ShardKey>> shards;
  private final Semaphore turns = new Semaphore(SHARDS_AT_ONCE, true);
  private final Map<ShardKey, StopSignal> signals = new ConcurrentHashMap<>();
  private final QueueThreads threads = new QueueThreads("run");
  private volatile @Nullable ShardWorker worker;
  private volatile boolean closed;

  /// `shards` tells those of a queued run.
  MemoryQueue(Function<PlanCheckRun, Collection<ShardKey>> shards) {
    this.shards = shards;
  }

  @Override
  public void start(ShardWorker works, List<RecurringWork> recurring) {
    worker = works;
    recurring.forEach(threads::repeat);
  }

  @Override
  public void queued(PlanCheckRun run) {
    for (var shard : shards.apply(run)) {
      if (!closed && signals.putIfAbsent(shard, new StopSignal()) == null) {
        threads.execute(() -> work(shard));
      }
    }
  }

  @Override
  public void canceled(PlanCheckRun run) {
    signals.forEach((shard, signal) -> {
      if (shard.run() == run.id() && shard.attempt() == run.attempt()) {
        signal.stop(new Reason.Canceled());
      }
    });
  }

  @Override
  public void close() {
    closed = true;
    var why = new Reason.Failed("the program was stopped during the checks; run them again");
    signals.values().forEach(signal -> signal.stop(why));
    threads.close();
  }

  /// What had no turn yet when the queue closes stays QUEUED.
  private void work(ShardKey shard) {
    try {
      turns.acquire();
      try {
        var signal = signals.get(shard);
        if (signal != null && !closed) {
          var _ = Objects.requireNonNull(worker, "not started").work(shard, signal);
        }
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the work on shard {} was given up", shard, e);
    } finally {
      signals.remove(shard);
    }
  }
}
