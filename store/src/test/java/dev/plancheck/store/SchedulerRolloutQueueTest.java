// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RolloutStory;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.rollout.TaskWorker;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.ShardWorker.Ending;
import dev.plancheck.checks.run.StopSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queue of rollouts over db-scheduler: who gets work, what comes back, what is never lost.
final class SchedulerRolloutQueueTest {
  private static final QueueSettings FAST =
      QueueSettings.DEFAULT.withPauses(
          Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofMillis(400));

  private final List<AutoCloseable> open = new ArrayList<>();
  private StorageConfig config;
  private StoragePorts ports;
  private RolloutStory story;
  private Rollout rollout;

  @BeforeEach
  void open() throws SQLException {
    config = MetadataCluster.newest().emptyDatabase().withPoolSize(4);
    ports = MetadataCluster.ports(storage());
    story = new RolloutStory(ports);
    rollout = story.create(8, RolloutOptions.DEFAULT);
    story.rollouts().startStage(rollout.id(), 0, "users/ann");
  }

  @AfterEach
  void close() throws Exception {
    for (var resource : open.reversed()) {
      resource.close();
    }
  }

  private Storage storage() {
    var storage = Storage.open(config);
    open.add(storage);
    return storage;
  }

  private AutoCloseable start(TaskWorker worker, RecurringWork... recurring) {
    var queue = storage().decisions(FAST).rollouts().queue();
    open.add(queue);
    queue.start(worker, List.of(recurring));
    return queue;
  }

  private Ending work(TaskTurn turn, StopSignal stop) {
    story
        .tasks()
        .claim(turn)
        .ifPresent(claim -> {
          var _ = story.tasks().finish(claim, RolloutStory.APPLIED);
        });
    return Ending.OVER;
  }

  private TaskWorker slowly(Set<TaskTurn> seen) {
    return (turn, stop) -> {
      seen.add(turn);
      Thread.sleep(100);
      return work(turn, stop);
    };
  }

  private void release() {
    assertThat(story.release(rollout, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(8);
  }

  private boolean isDone() {
    return story.all(rollout).stream().map(Task::state).allMatch(state -> state == TaskState.DONE);
  }

  private long entries() {
    try {
      return MetadataCluster.number(
          config,
          "select count(*) from plancheck.scheduled_tasks where task_name = 'rollout-task'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    for (var tries = 0; tries < 1500 && !holds.getAsBoolean(); tries++) {
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  @Test
  void eachTaskThatWasHandedOutIsWorkedOnOnce() throws Exception {
    var here = ConcurrentHashMap.<TaskTurn>newKeySet();
    var there = ConcurrentHashMap.<TaskTurn>newKeySet();
    start(slowly(here));
    start(slowly(there));

    release();

    await(this::isDone);
    assertThat(here).noneMatch(there::contains);
    assertThat(here.size() + there.size()).isEqualTo(8);
    await(() -> entries() == 0);
  }

  @Test
  void whatADeadProgramHadGoesToAnother() throws Exception {
    release();
    for (var number = 1; number <= 8; number++) {
      story.claim(rollout, number);
    }
    MetadataCluster.execute(
        config,
        """
        update plancheck.scheduled_tasks
        set picked = true, picked_by = 'the dead', last_heartbeat = now(), version = version + 1
        where task_name = 'rollout-task'
        """);

    start(this::work);

    await(this::isDone);
    assertThat(story.tasks().claim(story.turn(rollout, 1))).isEmpty();
  }

  @Test
  void entriesThatWereRemovedByHandComeBackAndThoseForNothingGo() throws Exception {
    release();
    MetadataCluster.execute(
        config, "update plancheck.scheduled_tasks set task_instance = '99/' || task_instance");
    assertThat(entries()).isEqualTo(8);
    MetadataCluster.execute(
        config,
        """
        update plancheck.scheduled_tasks set task_instance = concat('99/', right(task_instance, 3)),
          execution_time = now() + interval '1 day'
        """);

    start(this::work);

    await(this::isDone);
    await(() -> entries() == 0);
  }

  @Test
  void aProgramThatStopsLeavesItsWorkToOthers() throws Exception {
    var began = new CountDownLatch(1);
    var stopping =
        start((turn, stop) -> {
          var claim = story.tasks().claim(turn);
          began.countDown();
          var stopped = new CountDownLatch(1);
          try (var _ = stop.onStop(stopped::countDown)) {
            stopped.await();
          }
          claim.ifPresent(mine -> {
            var _ = story.tasks().release(mine);
          });
          return Ending.LEFT;
        });
    release();
    began.await();

    stopping.close();
    start(this::work);

    await(this::isDone);
  }

  @Test
  void whatRecursIsDoneByOneProgramAtATime() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var times = new AtomicInteger();
    var work =
        new RecurringWork(
            "rollout-test",
            Duration.ofMillis(20),
            () -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.sleep(20);
              now.decrementAndGet();
              times.incrementAndGet();
            });
    start(this::work, work);
    start(this::work, work);

    await(() -> times.get() > 4);

    assertThat(most).hasValue(1);
  }
}
