// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.rollout.RolloutQueue;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.rollout.TaskWorker;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on tasks in this process, each on a virtual thread; how many at once is up to their
/// rollouts. Like the rollouts themselves it is gone with the process.
final class MemoryRolloutQueue implements RolloutQueue {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryRolloutQueue.class);

  private final Supplier<Collection<TaskTurn>> turns;
  private final Map<TaskTurn, StopSignal> signals = new ConcurrentHashMap<>();
  private final QueueThreads threads = new QueueThreads("task");
  private volatile @Nullable TaskWorker worker;
  private volatile boolean closed;

  /// `turns` tells what is handed out and not begun.
  MemoryRolloutQueue(Supplier<Collection<TaskTurn>> turns) {
    this.turns = turns;
  }

  @Override
  public void start(TaskWorker works, List<RecurringWork> recurring) {
    worker = works;
    recurring.forEach(threads::repeat);
    released();
  }

  @Override
  public void released() {
    if (worker == null || closed) {
      return;
    }
    for (var turn : turns.get()) {
      if (signals.putIfAbsent(turn, new StopSignal()) == null) {
        threads.execute(() -> work(turn));
      }
    }
  }

  @Override
  public void canceled(long rollout) {
    signals.forEach((turn, signal) -> {
      if (turn.task().rollout() == rollout) {
        signal.stop(new Reason.Canceled());
      }
    });
  }

  @Override
  public void close() {
    closed = true;
    signals.values().forEach(signal -> signal.stop(new Reason.Leaving()));
    threads.close();
  }

  private void work(TaskTurn turn) {
    try {
      var signal = signals.get(turn);
      if (signal != null) {
        var _ = Objects.requireNonNull(worker, "not started").work(turn, signal);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the work on task {} was given up", turn, e);
    } finally {
      signals.remove(turn);
    }
  }
}
