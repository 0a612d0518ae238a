// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.rollout.TaskWork;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Rollouts in memory, under the lock of the plans, so that none is edited while it is rolled out.
/// Who needs the lock of the runs too takes that first.
final class MemoryRollouts implements Rollouts {
  private static final Waiting NOTHING = new Waiting("", null);

  private final MemoryPlans plans;
  private final Runs runs;
  private final InstantSource clock;
  private final TreeMap<Long, MemoryRollout> rollouts = new TreeMap<>();
  private final Map<PlanName, Waiting> waiting = new HashMap<>();
  private final MemoryTaskSteps steps;

  MemoryRollouts(MemoryPlans plans, Runs runs, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
    this.steps = new MemoryTaskSteps(clock);
    plans.guardBy(plan -> latest(plan).map(Rollout::status).filter(Status::isLive).isPresent());
  }

  Object lock() {
    return plans;
  }

  MemoryTaskSteps steps() {
    return steps;
  }

  InstantSource clock() {
    return clock;
  }

  @Override
  public Rollout create(RolloutDraft draft) {
    synchronized (runs) {
      synchronized (plans) {
        var source = draft.source();
        require(source);
        for (var other : of(source.plan())) {
          if (other.status.isLive()) {
            throw Rollout.secondRefused(source.plan());
          }
          if (other.draft.source().planVersion() == source.planVersion()) {
            throw Rollout.repeatRefused(source.plan(), source.planVersion());
          }
        }
        var id = rollouts.size() + 1L;
        var rollout = new MemoryRollout(id, draft, clock.instant());
        rollouts.put(id, rollout);
        return rollout.read();
      }
    }
  }

  private void require(Rollout.Source seen) {
    var plan =
        plans.get(seen.plan()).orElseThrow(() -> ApiException.notFound(seen.plan().toString()));
    var attempt = runs.get(seen.plan()).map(PlanCheckRun::attempt).orElse(0);
    if (plan.version() != seen.planVersion()
        || (seen.attempt() != 0 && attempt != seen.attempt())) {
      throw ApiException.aborted(
          "%s has version %d and attempt %d by now (expected: %d and %d; ask the gate again)"
              .formatted(seen.plan(), plan.version(), attempt, seen.planVersion(), seen.attempt()));
    }
  }

  private List<MemoryRollout> of(PlanName plan) {
    return rollouts.values().stream()
        .filter(rollout -> rollout.draft.source().plan().equals(plan))
        .toList();
  }

  @Override
  public Optional<Rollout> get(long id) {
    synchronized (plans) {
      return Optional.ofNullable(rollouts.get(id)).map(MemoryRollout::read);
    }
  }

  @Override
  public Optional<Rollout> latest(PlanName plan) {
    synchronized (plans) {
      return of(plan).stream().reduce((_, later) -> later).map(MemoryRollout::read);
    }
  }

  @Override
  public List<Rollout> live(int limit, long afterId) {
    synchronized (plans) {
      return rollouts.tailMap(afterId, false).values().stream()
          .filter(rollout -> rollout.status.isLive())
          .limit(limit)
          .map(MemoryRollout::read)
          .toList();
    }
  }

  @Override
  public List<Task> tasks(long rollout, TaskQuery query) {
    synchronized (plans) {
      return tasks(rollout).stream()
          .map(MemoryTask::read)
          .filter(query::matches)
          .limit(query.limit())
          .toList();
    }
  }

  private List<MemoryTask> tasks(long rollout) {
    var row = rollouts.get(rollout);
    return row == null ? List.of() : row.tasks;
  }

  @Override
  public Optional<Task> task(TaskKey key) {
    synchronized (plans) {
      return Optional.ofNullable(found(key)).map(MemoryTask::read);
    }
  }

  @Override
  public TaskWork work(TaskKey key) {
    synchronized (plans) {
      var task = found(key);
      return task == null ? new TaskWork(null, List.of(), null) : task.work();
    }
  }

  @Nullable MemoryRollout found(long rollout) {
    return rollouts.get(rollout);
  }

  @Nullable MemoryTask found(TaskKey key) {
    var row = rollouts.get(key.rollout());
    return row == null ? null : row.task(key.number());
  }

  @Override
  public List<Task> ready(long rollout, int stage, int limit) {
    synchronized (plans) {
      var row = Objects.requireNonNull(rollouts.get(rollout));
      return row.tasks.stream()
          .filter(task -> task.item.stage() == stage && steps.isReady(row, task))
          .limit(limit)
          .map(MemoryTask::read)
          .toList();
    }
  }

  @Override
  public boolean startStage(long rollout, int stage, String actor) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      return row != null && row.start(stage, actor, clock.instant());
    }
  }

  @Override
  public int release(long rollout, List<Release> tasks) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      var released = 0;
      for (var release : tasks) {
        var task = row == null ? null : row.task(release.task());
        if (row != null && task != null && steps.mayBegin(row, task)) {
          steps.release(task, release);
          released++;
        }
      }
      return released;
    }
  }

  @Override
  public boolean block(TaskKey key, String why) {
    return step(
        key,
        (row, task) -> {
          if (row.status != Status.ACTIVE || task.state != TaskState.PENDING) {
            return false;
          }
          steps.block(task, why);
          return true;
        });
  }

  @Override
  public boolean retry(TaskKey key, String actor) {
    return step(
        key,
        (row, task) -> {
          if (!task.state.isRetryable() || !revive(row)) {
            return false;
          }
          steps.pend(task, actor);
          return true;
        });
  }

  /// Whether it is, or became, active.
  private boolean revive(MemoryRollout row) {
    if (row.status == Status.CANCELED) {
      var source = row.draft.source();
      var version = plans.get(source.plan()).orElseThrow().version();
      if (version != source.planVersion() || !of(source.plan()).getLast().equals(row)) {
        throw Rollout.revivalRefused(source.plan());
      }
      row.status = Status.ACTIVE;
      row.endedAt = null;
    }
    return row.status == Status.ACTIVE;
  }

  @Override
  public boolean skip(TaskKey key, String why, String actor) {
    return step(
        key,
        (_, task) -> {
          if (!task.state.isSkippable()) {
            return false;
          }
          steps.skip(task, why, actor);
          return true;
        });
  }

  @Override
  public boolean resolve(TaskKey key, boolean applied, String actor) {
    return step(
        key,
        (row, task) -> {
          if (task.state != TaskState.UNKNOWN) {
            return false;
          }
          steps.resolve(row, task, applied, actor);
          return true;
        });
  }

  @Override
  public boolean cancel(long rollout, String actor) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      if (row == null || row.status != Status.ACTIVE) {
        return false;
      }
      steps.cancel(row);
      return true;
    }
  }

  @Override
  public boolean end(long rollout) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      var next = row == null ? null : MemoryTaskSteps.ending(row);
      if (row == null || next == null) {
        return false;
      }
      row.status = next;
      row.endedAt = clock.instant();
      row.waiting = "";
      return true;
    }
  }

  @Override
  public void say(long rollout, String words) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      if (row != null && row.status == Status.ACTIVE) {
        row.waiting = words;
      }
    }
  }

  @Override
  public List<DatabaseChange> changes(DatabaseName database, int limit, long before) {
    synchronized (plans) {
      return steps.changes(database, limit, before);
    }
  }

  @Override
  public Waiting waiting(PlanName plan) {
    synchronized (plans) {
      return waiting.getOrDefault(plan, NOTHING);
    }
  }

  @Override
  public void say(PlanName plan, String words) {
    synchronized (plans) {
      if (!waiting.getOrDefault(plan, NOTHING).words().equals(words)) {
        waiting.put(plan, new Waiting(words, clock.instant()));
      }
    }
  }

  /// A step of one task.
  interface Step {
    boolean take(MemoryRollout row, MemoryTask task);
  }

  boolean step(TaskKey key, Step step) {
    synchronized (plans) {
      var row = rollouts.get(key.rollout());
      var task = found(key);
      return row != null && task != null && step.take(row, task);
    }
  }

  /// Of a queued rollout: what there is to work on.
  Collection<TaskTurn> turns() {
    synchronized (plans) {
      return rollouts.values().stream()
          .flatMap(row -> row.tasks.stream())
          .filter(task -> task.state == TaskState.QUEUED)
          .map(task -> new TaskTurn(task.key, task.turn))
          .toList();
    }
  }
}
