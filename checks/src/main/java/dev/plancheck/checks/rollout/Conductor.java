// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.rollout.Rollouts.Release;
import dev.plancheck.checks.rollout.StageGate.Word;
import dev.plancheck.checks.run.CheckedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks what a rollout can do next and lets it: begins stages, hands out tasks, has checked what
/// is unchecked, says what it waits for, ends it. It decides by what is stored and holds nothing,
/// so that any process may look at any moment; two that look at once do each thing once, since each
/// write is conditional. Safe for use by several threads.
public final class Conductor {
  private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
  private static final int PAGE = 100;

  /// The most tasks that one question to the gate is about.
  private static final int AT_ONCE = 1000;

  /// Checks in a row that leave a task unchecked, before somebody is asked to look.
  private static final int MOST_CHECKS = 3;

  private static final String CHANGED = "the database is not what the last check saw";
  private static final String ITSELF = "the rollout";

  private final Rollouts rollouts;
  private final RolloutQueue queue;
  private final StageGate gate;
  private final RolloutNews news;

  /// How many were asked for here while one looks; there is a look after each.
  private final Map<Long, AtomicInteger> looking = new ConcurrentHashMap<>();

  /// Checks that were begun here for a task that nothing was known of.
  private final Map<TaskKey, Integer> checks = new ConcurrentHashMap<>();

  public Conductor(Rollouts rollouts, RolloutQueue queue, StageGate gate, RolloutNews news) {
    this.rollouts = rollouts;
    this.queue = queue;
    this.gate = gate;
    this.news = news;
  }

  /// At all live rollouts, one after the other.
  public void lookAtAll() {
    var after = 0L;
    while (true) {
      var live = rollouts.live(PAGE, after);
      for (var rollout : live) {
        look(rollout.id());
        after = rollout.id();
      }
      if (live.size() < PAGE) {
        return;
      }
    }
  }

  /// At one rollout; what fails is logged and done at the next look. Returns at once while another
  /// thread looks, which then looks once more.
  public void look(long id) {
    var asked = looking.computeIfAbsent(id, _ -> new AtomicInteger());
    if (asked.getAndIncrement() > 0) {
      return;
    }
    var seen = 1;
    do {
      seen = asked.get();
      try {
        rollouts.get(id).ifPresent(this::conduct);
      } catch (ApiException e) {
        LOG.info("rollout {} waits: {}", id, e.getMessage());
      } catch (RuntimeException e) {
        LOG.warn("rollout {} could not be looked at", id, e);
      }
    } while (asked.addAndGet(-seen) > 0);
    looking.remove(id, asked);
  }

  private void conduct(Rollout rollout) {
    switch (rollout.status()) {
      case ACTIVE ->
          rollout.current().ifPresentOrElse(stage -> advance(rollout, stage), () -> end(rollout));
      case CANCELING -> end(rollout);
      case CANCELED, DONE -> {}
    }
  }

  /// The one place where a rollout ends.
  private void end(Rollout rollout) {
    if (rollouts.end(rollout.id())) {
      LOG.info("rollout {} of {} has ended", rollout.id(), rollout.plan());
      rollouts
          .get(rollout.id())
          .filter(ended -> ended.status() == Rollout.Status.DONE)
          .ifPresent(news::done);
    }
  }

  private void advance(Rollout rollout, Stage stage) {
    if (stage.start() != null) {
      goOn(rollout, stage, stage.start().actor());
    } else if (!rollout.options().automatic()) {
      var _ =
          say(rollout, "stage %s waits for somebody to start it".formatted(stage.environment()));
    } else {
      var against = against(rollout, stage);
      if (!against.isEmpty()) {
        if (say(rollout, against(stage, against))) {
          news.blocked(rollout.plan(), String.join("; ", against));
        }
      } else if (rollouts.startStage(rollout.id(), stage.number(), ITSELF)) {
        goOn(rollout, stage, ITSELF);
      }
    }
  }

  private void goOn(Rollout rollout, Stage stage, String actor) {
    var words = go(rollout, stage, actor);
    var stopped = stage.status(rollout.options().failures()) == Stage.Status.FAILED;
    if (say(rollout, words) && stopped && !words.isEmpty()) {
      news.failed(rollout, stage, words);
    }
  }

  /// What is against the whole stage now; empty if it may begin.
  List<String> against(Rollout rollout, Stage stage) {
    return gate.ask(rollout, rollouts.ready(rollout.id(), stage.number(), AT_ONCE)).against();
  }

  private static String against(Stage stage, List<String> reasons) {
    return "stage %s waits: %s".formatted(stage.environment(), String.join("; ", reasons));
  }

  /// Whether it had not been said before.
  private boolean say(Rollout rollout, String words) {
    var isNew = !rollout.waiting().equals(words);
    if (isNew) {
      rollouts.say(rollout.id(), words);
    }
    return isNew;
  }

  /// Lets a stage that began go on; what it waits for.
  private String go(Rollout rollout, Stage stage, String actor) {
    var room = rollout.options().parallel() - rollout.moving();
    if (room <= 0) {
      return "";
    }
    var stopped = stage.isStopped(rollout.options().failures());
    var ready =
        rollouts.ready(rollout.id(), stage.number(), AT_ONCE).stream()
            .filter(task -> !stopped || task.asked())
            .toList();
    if (ready.isEmpty()) {
      return waiting(rollout, stage);
    }
    var answer = gate.ask(rollout, ready.stream().filter(task -> !task.resumed()).toList());
    return answer.against().isEmpty()
        ? new HandingOut(rollout, answer, actor).handOut(ready, room)
        : against(stage, answer.against());
  }

  /// Why nothing is ready though the stage is not complete.
  private String waiting(Rollout rollout, Stage stage) {
    if (stage.counts().moving() > 0) {
      return "";
    }
    return switch (stage.status(rollout.options().failures())) {
      case FAILED, CANCELED ->
          "stage %s stopped: %d of %d tasks are not done (expected: a person retries, skips or resolves them)"
              .formatted(
                  stage.environment(),
                  stage.counts().total() - stage.counts().settled(),
                  stage.counts().total());
      case PENDING, RUNNING, DONE -> busy(rollout, stage);
    };
  }

  private String busy(Rollout rollout, Stage stage) {
    var query = TaskQuery.first(1).withStage(stage.number()).withStates(Set.of(TaskState.PENDING));
    return rollouts.tasks(rollout.id(), query).stream()
        .filter(task -> !task.report().words().isEmpty())
        .map(task -> "%s waits: %s".formatted(task.item().target(), task.report().words()))
        .findFirst()
        .orElse("");
  }

  /// One answer of the gate, and what follows for the tasks that are ready.
  private final class HandingOut {
    private final Rollout rollout;
    private final StageGate.Answer answer;
    private final String actor;
    private final List<Release> releases = new ArrayList<>();
    private final List<Task> toCheck = new ArrayList<>();

    HandingOut(Rollout rollout, StageGate.Answer answer, String actor) {
      this.rollout = rollout;
      this.answer = answer;
      this.actor = actor;
    }

    String handOut(List<Task> ready, int room) {
      for (var task : ready) {
        sort(task);
      }
      if (!toCheck.isEmpty()) {
        gate.check(rollout, toCheck);
        toCheck.forEach(task -> checks.merge(task.key(), 1, Integer::sum));
      }
      var most = releases.subList(0, Math.min(room, releases.size()));
      if (!most.isEmpty() && rollouts.release(rollout.id(), most) > 0) {
        queue.released();
      }
      return toCheck.isEmpty()
          ? ""
          : "checks of %d databases are made first".formatted(toCheck.size());
    }

    private void sort(Task task) {
      if (task.resumed()) {
        release(task, null);
        return;
      }
      switch (answer.tasks().get(task.key())) {
        case Word.Go(_, var checkedAt) when isOld(task, checkedAt) -> check(task, CHANGED);
        case Word.Go(var state, _) -> release(task, state);
        case Word.ToCheck(var why) -> check(task, why);
        case Word.No(_, var checkedAt) when isOld(task, checkedAt) -> check(task, CHANGED);
        case Word.No(var why, _) -> block(task, why);
        case null -> {}
      }
    }

    private static boolean isOld(Task task, @Nullable Instant checkedAt) {
      var after = task.checkAfter();
      return after != null && (checkedAt == null || !checkedAt.isAfter(after));
    }

    private void release(Task task, @Nullable CheckedState checked) {
      checks.remove(task.key());
      var begun = task.actor().isEmpty() ? actor : task.actor();
      releases.add(new Release(task.key().number(), checked, begun));
    }

    private void check(Task task, String why) {
      if (checks.getOrDefault(task.key(), 0) < MOST_CHECKS) {
        toCheck.add(task);
      } else {
        block(task, "it was checked %d times, and still: %s".formatted(MOST_CHECKS, why));
      }
    }

    private void block(Task task, String why) {
      checks.remove(task.key());
      var _ = rollouts.block(task.key(), why);
    }
  }
}
