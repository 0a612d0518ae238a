// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.RunQueue;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.ShardWorker;
import dev.plancheck.checks.run.ShardWorker.Ending;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queue of runs on db-scheduler: any number of processes take shards from it, each at most so
/// many at once; what a dead process had is given to others. Entries are written by whoever writes
/// the rows that they stand for; here they are only executed.
///
/// It has connections of its own, so that signs of life never wait for readers of large results.
final class SchedulerRunQueue implements RunQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerRunQueue.class);

  private static final int CHORES_AT_ONCE = 4;
  private static final int CONNECTIONS = 5;

  private final Connections connections;
  private final Folding folding;
  private final Bell bell;
  private final QueueSettings settings;
  private final String owner;

  private final WorkInHand<ShardKey> inHand = new WorkInHand<>();

  private volatile @Nullable SchedulerPair running;
  private volatile boolean closed;

  /// `owner` names this process.
  SchedulerRunQueue(
      Connections connections, Folding folding, Bell bell, QueueSettings settings, String owner) {
    this.connections = connections;
    this.folding = folding;
    this.bell = bell;
    this.settings = settings;
    this.owner = owner;
  }

  @Override
  public synchronized void start(ShardWorker worker, List<RecurringWork> recurring) {
    if (running != null || closed) {
      throw new IllegalStateException("the queue was started or closed before");
    }
    var pool = connections.pool("plancheck-queue", CONNECTIONS);
    try {
      var started = schedulers(pool, worker, recurring);
      running = started;
      bell.add(started.work()::triggerCheckForDueExecutions);
      bell.add(started.chores()::triggerCheckForDueExecutions);
      started.start();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private SchedulerPair schedulers(
      HikariDataSource pool, ShardWorker worker, List<RecurringWork> recurring) {
    var jdbi = Storage.jdbi(pool);
    var clock = new DatabaseClock(jdbi);
    var reconciler = new Reconciler(jdbi);
    var tasks = new QueueTasks(clock);
    var schedulers = new Schedulers(owner, clock, settings);
    var shard = tasks.once(ScheduledTasks.SHARD, id -> work(worker, id));
    var fold = tasks.once(ScheduledTasks.FOLD, this::fold);
    var reconcile =
        new RecurringWork(
            "plan-check-reconcile",
            settings.reconcile(),
            () -> {
              clock.set();
              if (reconciler.reconcile() > 0) {
                bell.ring();
              }
            });
    var all = Stream.concat(Stream.of(reconcile), recurring.stream()).map(tasks::again).toList();
    return new SchedulerPair(
        pool,
        schedulers.of(Scheduler.create(pool, shard), "shard", settings.shardsAtOnce()),
        schedulers.of(Scheduler.create(pool, fold).startTasks(all), "chore", CHORES_AT_ONCE));
  }

  private boolean work(ShardWorker worker, String id) throws InterruptedException {
    var shard = ScheduledTasks.shard(id);
    if (shard.isEmpty()) {
      LOG.warn("the queue has an entry for the shard {}, which cannot be (expected: 1/1/0)", id);
      return true;
    }
    return inHand.isOver(shard.get(), signal -> worker.work(shard.get(), signal) == Ending.OVER);
  }

  private boolean fold(String id) {
    ScheduledTasks.fold(id)
        .ifPresentOrElse(
            folding::fold,
            () -> LOG.warn("the queue has an entry for the fold {} (expected: 1/1)", id));
    return true;
  }

  @Override
  public void queued(PlanCheckRun run) {
    bell.ring();
  }

  @Override
  public void canceled(PlanCheckRun run) {
    inHand.cancel(shard -> shard.run() == run.id() && shard.attempt() == run.attempt());
    bell.ring();
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
