// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.contract.RolloutStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.RolloutTasks.Claim;
import dev.plancheck.checks.rollout.Rollouts.Release;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One rollout with all that can happen to it, and what must hold after each step. Databases are
/// played: what a task's transaction committed is remembered under its name, as the real ones do.
/// Owners come back from pauses of any length, and people always say the truth.
final class RolloutLife {
  /// What somebody does; the number decides about the details.
  enum Step {
    START,
    RELEASE,
    CLAIM,
    WORK,
    DIE,
    FAIL,
    POSTPONE,
    GIVE_BACK,
    BLOCK,
    RETRY,
    SKIP,
    RESOLVE,
    CANCEL,
    END;

    /// Most of the time somebody works.
    private static final List<Step> OFTEN =
        List.of(
            START, RELEASE, RELEASE, RELEASE, CLAIM, CLAIM, CLAIM, CLAIM, WORK, WORK, WORK, DIE,
            DIE, FAIL, POSTPONE, GIVE_BACK, BLOCK, RETRY, RETRY, SKIP, RESOLVE, RESOLVE, CANCEL,
            END);
  }

  private static final int PARALLEL = 3;

  private final long seed;
  private final Random random;
  private final RolloutStory here;
  private final RolloutStory there;
  private final Rollout rollout;
  private final List<Claim> claims = Collections.synchronizedList(new ArrayList<>());
  private final Map<TaskKey, Integer> epochs = new ConcurrentHashMap<>();
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final Map<TaskKey, Object> locks = new ConcurrentHashMap<>();

  RolloutLife(long seed, Storage here, Storage there) {
    this.seed = seed;
    this.random = new Random(seed);
    this.here = new RolloutStory(MetadataCluster.ports(here));
    this.there = new RolloutStory(MetadataCluster.ports(there));
    var plan = Samples.plan(this.here.ports(), "shop", 1);
    var failures = random.nextBoolean() ? FailurePolicy.STOP_STAGE : FailurePolicy.CONTINUE;
    var options = new RolloutOptions(failures, PARALLEL, false);
    this.rollout = this.here.rollouts().create(RolloutStory.draft(plan, options, items()));
  }

  /// Some databases of two stages, one of them for two specs.
  private List<TaskItem> items() {
    var items = new ArrayList<TaskItem>();
    for (var number = 0; number < 2 + random.nextInt(4); number++) {
      items.add(RolloutStory.item(number % 2, "one", new DatabaseName("pg", "db_" + number)));
    }
    items.add(RolloutStory.item(0, "two", new DatabaseName("pg", "db_0")));
    return items;
  }

  Step next() {
    return Step.OFTEN.get(random.nextInt(Step.OFTEN.size()));
  }

  void step(boolean where, Step step) {
    act(where ? here : there, step, new Random(random.nextLong()));
  }

  /// Does both at the same moment, from two programs.
  void together(Step one, Step other) throws InterruptedException {
    var seedOne = random.nextLong();
    var seedOther = random.nextLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> act(here, one, new Random(seedOne)));
      var second = threads.submit(() -> act(there, other, new Random(seedOther)));
      first.get();
      second.get();
    } catch (ExecutionException e) {
      throw new AssertionError("life %d: %s and %s".formatted(seed, one, other), e.getCause());
    }
  }

  private void act(RolloutStory story, Step step, Random own) {
    var key = new TaskKey(rollout.id(), 1 + own.nextInt(here.all(rollout).size()));
    var rollouts = story.rollouts();
    try {
      switch (step) {
        case START -> {
          var _ = rollouts.startStage(rollout.id(), own.nextInt(2), "users/ann");
        }
        case RELEASE -> {
          var _ =
              rollouts.release(
                  rollout.id(),
                  List.of(new Release(key.number(), RolloutStory.checked(key.number()), "ann")));
        }
        case CLAIM -> claim(story, key, own);
        case WORK, DIE, FAIL, POSTPONE, GIVE_BACK -> {
          var claim = anyClaim(own);
          if (claim != null) {
            work(story, claim, step);
          }
        }
        case BLOCK -> {
          var _ = own.nextInt(3) == 0 && rollouts.block(key, "an error");
        }
        case RETRY -> {
          var _ = rollouts.retry(key, "users/ann");
        }
        case SKIP -> {
          var _ = own.nextInt(4) == 0 && rollouts.skip(key, "not this one", "users/ann");
        }
        case RESOLVE -> resolve(story, key);
        case CANCEL -> {
          var _ = own.nextInt(3) == 0 && rollouts.cancel(rollout.id(), "users/ann");
        }
        case END -> {
          var _ = rollouts.end(rollout.id());
        }
      }
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ApiException.Code.FAILED_PRECONDITION);
    }
  }

  private void claim(RolloutStory story, TaskKey key, Random own) {
    var task = story.rollouts().task(key).orElseThrow();
    var turn = own.nextInt(5) == 0 ? task.turn() - 1 : task.turn();
    story
        .tasks()
        .claim(new TaskTurn(key, turn))
        .ifPresent(claim -> {
          epochs.merge(key, claim.epoch(), Math::max);
          claims.add(claim);
        });
  }

  private @Nullable Claim anyClaim(Random own) {
    synchronized (claims) {
      if (claims.isEmpty()) {
        return null;
      }
      var recent = Math.min(claims.size(), own.nextInt(4) == 0 ? claims.size() : 3);
      return claims.get(claims.size() - 1 - own.nextInt(recent));
    }
  }

  private Object lock(TaskKey key) {
    return locks.computeIfAbsent(key, _ -> new Object());
  }

  /// What a worker does. The lock is that of the task's row in its database, where one owner waits
  /// for the end of the other's transaction.
  private void work(RolloutStory story, Claim claim, Step step) {
    synchronized (lock(claim.key())) {
      switch (step) {
        case POSTPONE -> {
          var _ = story.tasks().postpone(claim, "busy", Duration.ZERO);
        }
        case GIVE_BACK -> {
          var _ = story.tasks().release(claim);
        }
        case FAIL -> {
          var outcome =
              committed.contains(claim.name()) ? RolloutStory.APPLIED : RolloutStory.FAILED;
          if (story.tasks().isWanted(claim)) {
            finish(story, claim, outcome);
          }
        }
        case WORK -> {
          if (!story.tasks().isWanted(claim)) {
            finish(story, claim, new ChangeOutcome.Canceled(0));
          } else if (commit(story, claim)) {
            finish(story, claim, RolloutStory.APPLIED);
          }
        }
        case DIE -> {
          var _ = commit(story, claim);
        }
        case START, RELEASE, CLAIM, BLOCK, RETRY, SKIP, RESOLVE, CANCEL, END ->
            throw new IllegalArgumentException(step.name());
      }
    }
  }

  /// Whether the database has it now; once it had, it is not applied again.
  private boolean commit(RolloutStory story, Claim claim) {
    if (committed.contains(claim.name())) {
      return true;
    }
    var journal = story.tasks().journal(claim);
    return journal.began(Mode.TRANSACTION) && journal.committing() && committed.add(claim.name());
  }

  private void finish(RolloutStory story, Claim claim, ChangeOutcome outcome) {
    var last = epochs.getOrDefault(claim.key(), 0);
    var finished = story.tasks().finish(claim, outcome);
    assertThat(finished && claim.epoch() < last).as("life %d: %s", seed, claim).isFalse();
  }

  private void resolve(RolloutStory story, TaskKey key) {
    synchronized (lock(key)) {
      var task = story.rollouts().task(key).orElseThrow();
      var _ = story.rollouts().resolve(key, committed.contains(task.name()), "users/ann");
    }
  }

  /// Everything that holds at all times.
  void check(int step) {
    var now = here.now(rollout);
    var where = "life %d, step %d: %s".formatted(seed, step, now);
    var tasks = here.all(rollout);
    for (var task : tasks) {
      switch (task.state()) {
        case DONE -> assertThat(committed).as("%s %s", where, task).contains(task.name());
        case FAILED, CANCELED, DRIFTED ->
            assertThat(committed).as("%s %s", where, task).doesNotContain(task.name());
        case PENDING, QUEUED, RUNNING, SKIPPED, UNKNOWN -> {}
      }
    }
    assertThat(now.moving()).as(where).isLessThanOrEqualTo(PARALLEL);
    var settled = tasks.stream().allMatch(task -> task.state().isSettled());
    switch (now.status()) {
      case DONE -> assertThat(settled).as(where).isTrue();
      case CANCELED -> assertThat(now.moving()).as(where).isZero();
      case CANCELING ->
          assertThat(tasks).as(where).noneMatch(task -> task.state() == TaskState.PENDING);
      case ACTIVE -> {}
    }
    assertThat(now.times().endedAt() == null).as(where).isEqualTo(now.status().isLive());
    checkStages(where, now, tasks);
  }

  /// Nothing of a stage moves before the one before it is complete.
  private void checkStages(String where, Rollout now, List<Task> tasks) {
    var second = now.stages().get(1);
    assertThat(second.start() == null || now.stages().getFirst().isComplete()).as(where).isTrue();
    assertThat(tasks)
        .as(where)
        .noneMatch(task ->
            now.stages().get(task.item().stage()).start() == null
                && (task.state().isMoving() || task.state() == TaskState.DONE));
  }

  /// The life ends well: what did not end is brought to its end by people and workers.
  void end() {
    for (var round = 0; round < 30 && here.now(rollout).status() != Rollout.Status.DONE; round++) {
      var _ = here.rollouts().end(rollout.id());
      for (var task : here.all(rollout)) {
        bring(task);
      }
      for (var stage : rollout.stages()) {
        var _ = here.rollouts().startStage(rollout.id(), stage.number(), "users/ann");
      }
    }
    assertThat(here.now(rollout).status()).as("life %d", seed).isEqualTo(Rollout.Status.DONE);
    check(-1);
  }

  private void bring(Task task) {
    var key = task.key();
    switch (task.state()) {
      case PENDING -> {
        var _ = here.release(rollout, key.number());
      }
      case QUEUED, RUNNING -> {
        here.tasks()
            .claim(new TaskTurn(key, task.turn()))
            .ifPresent(claim -> {
              epochs.put(key, claim.epoch());
              work(here, claim, Step.WORK);
            });
      }
      case FAILED, CANCELED, DRIFTED -> {
        var _ = here.rollouts().retry(key, "users/ann");
      }
      case UNKNOWN -> resolve(here, key);
      case DONE, SKIPPED -> {}
    }
  }
}
