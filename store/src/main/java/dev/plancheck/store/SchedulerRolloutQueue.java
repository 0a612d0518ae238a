// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import dev.plancheck.checks.rollout.RolloutQueue;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.rollout.TaskWorker;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.ShardWorker.Ending;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue of rollouts on db-scheduler, as [SchedulerRunQueue] is that of runs: any number of
/// processes take tasks from it, and what a dead process had is given to others. It has connections
/// of its own, so that signs of life never wait for anybody.
final class SchedulerRolloutQueue implements RolloutQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerRolloutQueue.class);

  /// Connections to users' databases are bounded elsewhere.
  private static final int CHANGES_AT_ONCE = 32;

  private static final int CHORES_AT_ONCE = 3;
  private static final int CONNECTIONS = 4;

  private final Connections connections;
  private final Bell bell;
  private final QueueSettings settings;
  private final String owner;

  private final WorkInHand<TaskTurn> inHand = new WorkInHand<>();

  private volatile @Nullable SchedulerPair running;
  private volatile boolean closed;

  /// `owner` names this process.
  SchedulerRolloutQueue(Connections connections, Bell bell, QueueSettings settings, String owner) {
    this.connections = connections;
    this.bell = bell;
    this.settings = settings;
    this.owner = owner;
  }

  @Override
  public synchronized void start(TaskWorker worker, List<RecurringWork> recurring) {
    if (running != null || closed) {
      throw new IllegalStateException("the queue was started or closed before");
    }
    var pool = connections.pool("plancheck-rollouts", CONNECTIONS);
    try {
      var started = schedulers(pool, worker, recurring);
      running = started;
      bell.add(started.work()::triggerCheckForDueExecutions);
      started.start();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private SchedulerPair schedulers(
      HikariDataSource pool, TaskWorker worker, List<RecurringWork> recurring) {
    var jdbi = Storage.jdbi(pool);
    var clock = new DatabaseClock(jdbi);
    var tasks = new QueueTasks(clock);
    var schedulers = new Schedulers(owner, clock, settings);
    var change = tasks.once(ScheduledTasks.CHANGE, id -> work(worker, id));
    var reconcile =
        new RecurringWork(
            "rollout-reconcile",
            settings.reconcile(),
            () -> {
              clock.set();
              if (new RolloutReconciler(jdbi).reconcile() > 0) {
                bell.ring();
              }
            });
    var all = Stream.concat(Stream.of(reconcile), recurring.stream()).map(tasks::again).toList();
    return new SchedulerPair(
        pool,
        schedulers.of(Scheduler.create(pool, change), "change", CHANGES_AT_ONCE),
        schedulers.of(Scheduler.create(pool).startTasks(all), "rollout", CHORES_AT_ONCE));
  }

  private boolean work(TaskWorker worker, String id) throws InterruptedException {
    var turn = ScheduledTasks.change(id);
    if (turn.isEmpty()) {
      LOG.warn("the queue has an entry for the task {}, which cannot be (expected: 1/1/1)", id);
      return true;
    }
    return inHand.isOver(turn.get(), signal -> worker.work(turn.get(), signal) == Ending.OVER);
  }

  @Override
  public void released() {
    bell.ring();
  }

  @Override
  public void canceled(long rollout) {
    inHand.cancel(turn -> turn.task().rollout() == rollout);
  }

  /// What is worked on is due for others when this returns.
  @Override
  public synchronized void close() {
    closed = true;
    var started = running;
    running = null;
    if (started != null) {
      started.stop(inHand::leave);
    }
  }
}
