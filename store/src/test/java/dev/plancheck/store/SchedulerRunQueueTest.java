// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.RunQueue;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.ShardWorker;
import dev.plancheck.checks.run.ShardWorker.Ending;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.engine.review.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queue over db-scheduler: who gets work, what comes back, what is never lost. That whole
/// processes are killed is tested where there are processes.
final class SchedulerRunQueueTest {
  private static final QueueSettings FAST =
      QueueSettings.DEFAULT.withPauses(
          Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofMillis(400));
  private static final PlanCheckRunConfig CONFIG = Samples.config(10);

  private final List<AutoCloseable> open = new ArrayList<>();
  private StorageConfig config;
  private StoragePorts ports;
  private RunStory story;
  private PlanName plan;

  @BeforeEach
  void open() throws SQLException {
    config = MetadataCluster.newest().emptyDatabase().withPoolSize(4);
    ports = MetadataCluster.ports(storage());
    story = new RunStory(ports);
    plan = Samples.plan(ports, "shop", 10).name();
  }

  @AfterEach
  void close() throws Exception {
    for (var resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void programsShareTheShardsOfARunAndOneFoldsIt() throws Exception {
    var here = ConcurrentHashMap.<ShardKey>newKeySet();
    var there = ConcurrentHashMap.<ShardKey>newKeySet();
    start(FAST.withShardsAtOnce(2), slowly(here));
    start(FAST.withShardsAtOnce(2), slowly(there));

    story.enqueue(plan, CONFIG, 1);
    await(() -> status() == RunStatus.DONE);

    assertThat(here).isNotEmpty().doesNotContainAnyElementsOf(there);
    assertThat(there).isNotEmpty();
    assertThat(here.size() + there.size()).isEqualTo(9);
    assertThat(ports.runs().results(plan)).hasSize(18);
    await(() -> entries("plan-check-%") == 1);
  }

  @Test
  void worksOnNoMoreThanSoManyShardsAtOnce() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    start(
        FAST.withShardsAtOnce(3),
        (shard, stop) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.sleep(50);
          now.decrementAndGet();
          return work(shard, stop);
        });
    story.enqueue(plan, CONFIG, 1);
    await(() -> status() == RunStatus.DONE);
    assertThat(most.get()).isBetween(2, 3);
  }

  @Test
  void whatWasQueuedBeforeTheStartIsDone() throws Exception {
    story.enqueue(plan, CONFIG, 4);
    start(FAST, this::work);
    await(() -> status() == RunStatus.DONE);
  }

  @Test
  void whatADeadProgramHadGoesToAnother() throws Exception {
    story.enqueue(plan, CONFIG, 100);
    execute(
        """
        update plancheck.scheduled_tasks
        set picked = true, picked_by = 'the dead', last_heartbeat = now(), version = version + 1
        """);
    start(FAST, this::work);
    await(() -> status() == RunStatus.DONE);
  }

  @Test
  void entriesThatWereRemovedByHandComeBack() throws Exception {
    var taken = new CountDownLatch(1);
    var run = story.enqueue(plan, CONFIG, 5);
    execute("delete from plancheck.scheduled_tasks");
    start(
        FAST,
        (shard, stop) -> {
          if (taken.getCount() > 0) {
            taken.countDown();
            execute("delete from plancheck.scheduled_tasks where task_name = 'plan-check-shard'");
            Thread.sleep(100);
          }
          return work(shard, stop);
        });
    await(() -> status() == RunStatus.DONE);
    assertThat(run.id()).isEqualTo(ports.runs().get(plan).orElseThrow().id());
    await(() -> entries("plan-check-%") == 1);
  }

  @Test
  void entriesThatStandForNothingGo() throws Exception {
    execute(
        """
        insert into plancheck.scheduled_tasks
          (task_name, task_instance, execution_time, picked, version)
        values ('plan-check-shard', '99/1/0', now() + interval '1 hour', false, 1),
          ('plan-check-shard', 'nonsense', now(), false, 1),
          ('plan-check-fold', '99/1', now() + interval '1 hour', false, 1),
          ('plan-check-fold', 'nonsense', now(), false, 1)
        """);
    start(FAST, this::work);
    await(() -> entries("plan-check-%") == 1);
  }

  @Test
  void aRunBeginsAgainThoughTheOldAttemptStillHasItsWorker() throws Exception {
    var began = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var late = new ArrayList<Boolean>();
    start(
        FAST,
        (shard, stop) -> {
          if (shard.attempt() > 1) {
            return work(shard, stop);
          }
          var claim = ports.shards().claim(shard).orElseThrow();
          began.countDown();
          goOn.await();
          late.add(
              ports.shards().append(claim, List.of(RunStory.checked(CONFIG, 0, Status.ERROR))));
          return Ending.OVER;
        });
    story.enqueue(plan, CONFIG, 100);
    assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
    ports.runs().cancel(plan, 1, "");
    story.enqueue(plan, CONFIG, 100);
    await(() -> status() == RunStatus.DONE);
    var done = ports.runs().results(plan);

    goOn.countDown();
    await(() -> late.size() == 1 && entries("plan-check-%") == 1);

    assertThat(late).containsExactly(false);
    assertThat(ports.runs().results(plan)).isEqualTo(done).hasSize(18);
  }

  @Test
  void leavesTasksOfANewerVersionAlone() throws Exception {
    execute(
        """
        insert into plancheck.scheduled_tasks
          (task_name, task_instance, execution_time, picked, version)
        select 'tomorrow-' || n % 3, n::text, now() - interval '30 days', false, 1
        from generate_series(1, 30) as n
        """);
    start(FAST, this::work);
    for (var round = 0; round < 3; round++) {
      story.enqueue(plan, CONFIG, 3);
      await(() -> status() == RunStatus.DONE);
    }
    assertThat(entries("tomorrow-%")).isEqualTo(30);
    await(() -> number("select count(*) from plancheck.scheduled_tasks where picked") == 0);
  }

  @Test
  void whatFailsIsTriedAgain() throws Exception {
    var failures = new AtomicInteger();
    start(
        FAST,
        (shard, stop) -> {
          if (failures.incrementAndGet() <= 2) {
            throw new IllegalStateException("this once");
          }
          return work(shard, stop);
        });
    story.enqueue(plan, CONFIG, 100);
    await(() -> status() == RunStatus.DONE);
    assertThat(failures.get()).isEqualTo(3);
  }

  @Test
  void whoStopsHandsItsWorkOverAtOnce() throws Exception {
    var began = new CountDownLatch(1);
    var leaving =
        start(
            FAST,
            (shard, stop) -> {
              var claim = ports.shards().claim(shard).orElseThrow();
              ports.shards().append(claim, List.of(RunStory.checked(CONFIG, 0, Status.ERROR)));
              began.countDown();
              while (!stop.isStopped()) {
                Thread.sleep(5);
              }
              assertThat(stop.reason()).containsInstanceOf(StopSignal.Reason.Leaving.class);
              ports.shards().release(claim);
              return Ending.LEFT;
            });
    story.enqueue(plan, CONFIG, 100);
    assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
    leaving.close();
    assertThat(
            number(
                """
                select count(*) from plancheck.scheduled_tasks
                where task_name = 'plan-check-shard' and not picked and execution_time <= now()
                """))
        .isEqualTo(1);

    start(FAST, this::work);
    await(() -> status() == RunStatus.DONE);
    assertThat(ports.runs().get(plan).orElseThrow().counts().error()).isEqualTo(2);
  }

  @Test
  void tellsWorkersHereOfACancel() throws Exception {
    var began = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    var queue =
        start(
            FAST,
            (shard, stop) -> {
              var _ = ports.shards().claim(shard);
              began.countDown();
              while (!stop.isStopped()) {
                Thread.sleep(5);
              }
              told.countDown();
              return Ending.OVER;
            });
    story.enqueue(plan, CONFIG, 100);
    assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
    ports.runs().cancel(plan, 1, "");
    queue.canceled(ports.runs().get(plan).orElseThrow());
    assertThat(told.await(1, TimeUnit.SECONDS)).isTrue();
    await(() -> number("select result_attempt from plancheck.plan_check_run") == 1);
  }

  @Test
  void shardsThatTakeLongKeepNoFoldWaiting() throws Exception {
    var goOn = new CountDownLatch(1);
    start(
        FAST.withShardsAtOnce(1),
        (shard, stop) -> {
          goOn.await();
          return work(shard, stop);
        });
    story.enqueue(plan, CONFIG, 100);
    var other = Samples.plan(ports, "shop", 10).name();
    story.enqueue(other, CONFIG, 100);
    ports.runs().cancel(other, 1, "");
    await(() ->
        number("select count(*) from plancheck.plan_check_run where result_attempt = attempt")
            == 1);
    goOn.countDown();
    await(() -> status() == RunStatus.DONE);
  }

  @Test
  void doesRecurringWorkInOneProgramAtATime() throws Exception {
    var turns = new AtomicInteger();
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var work =
        new RecurringWork(
            "test-sweep",
            Duration.ofMillis(20),
            () -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.sleep(20);
              now.decrementAndGet();
              if (turns.incrementAndGet() == 2) {
                throw new IllegalStateException("this once");
              }
            });
    start(FAST, this::work, work);
    start(FAST, this::work, work);
    await(() -> turns.get() >= 6);
    assertThat(most).hasValue(1);
    assertThat(entries("test-sweep")).isEqualTo(1);
  }

  /// As a worker does whose targets answer at once.
  private Ending work(ShardKey key, StopSignal stop) {
    ports
        .shards()
        .claim(key)
        .ifPresent(claim -> {
          var finished = ports.shards().finished(claim);
          for (var place = claim.shard().first(); place < claim.shard().end(); place++) {
            if (!finished.get(place)) {
              ports
                  .shards()
                  .append(claim, List.of(RunStory.checked(CONFIG, place, Status.SUCCESS)));
            }
          }
          ports.shards().complete(claim);
        });
    return Ending.OVER;
  }

  private ShardWorker slowly(Set<ShardKey> seen) {
    return (shard, stop) -> {
      seen.add(shard);
      Thread.sleep(100);
      return work(shard, stop);
    };
  }

  private Storage storage() {
    var storage = Storage.open(config);
    open.add(storage);
    return storage;
  }

  private RunQueue start(QueueSettings settings, ShardWorker worker, RecurringWork... recurring) {
    var queue = storage().queue(settings);
    open.add(queue);
    queue.start(worker, List.of(recurring));
    return queue;
  }

  private RunStatus status() {
    return ports.runs().get(plan).map(PlanCheckRun::status).orElse(RunStatus.QUEUED);
  }

  private long entries(String task) {
    return number(
        "select count(*) from plancheck.scheduled_tasks where task_name like '%s'".formatted(task));
  }

  private long number(String sql) {
    try {
      return MetadataCluster.number(config, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    try {
      MetadataCluster.execute(config, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
