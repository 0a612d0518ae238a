// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.Task.Report;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.rollout.TaskWork;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private final List<DatabaseChange> log = new ArrayList<>();

  MemoryRollouts(MemoryPlans plans, Runs runs, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
    plans.guardBy(plan -> latest(plan).map(Rollout::status).filter(Status::isLive).isPresent());
  }

  Object lock() {
    return plans;
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
          .filter(task -> task.item.stage() == stage && isReady(row, task))
          .limit(limit)
          .map(MemoryTask::read)
          .toList();
    }
  }

  private boolean isReady(MemoryRollout row, MemoryTask task) {
    return task.state == TaskState.PENDING
        && (task.notBefore == null || !clock.instant().isBefore(task.notBefore))
        && row.before(task).stream().allMatch(earlier -> earlier.state.isSettled());
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
        if (row != null && task != null && mayBegin(row, task)) {
          task.become(TaskState.QUEUED);
          task.turn++;
          task.fingerprint = release.fingerprint();
          task.actor = release.actor();
          task.queuedAt = clock.instant();
          released++;
        }
      }
      return released;
    }
  }

  private boolean mayBegin(MemoryRollout row, MemoryTask task) {
    return row.status == Status.ACTIVE
        && row.isStarted(task.item.stage())
        && isReady(row, task)
        && row.moving() < row.draft.options().parallel();
  }

  @Override
  public boolean block(TaskKey key, String why) {
    return step(
        key,
        (row, task) -> {
          if (row.status != Status.ACTIVE || task.state != TaskState.PENDING) {
            return false;
          }
          task.become(TaskState.FAILED);
          task.report = Report.of(why);
          task.checkAfter = clock.instant();
          task.asked = false;
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
          pend(task, actor);
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

  private static void pend(MemoryTask task, String actor) {
    task.become(TaskState.PENDING);
    task.report = Report.NONE;
    task.actor = actor;
    task.asked = true;
    task.notBefore = null;
    task.busySince = null;
    task.endedAt = null;
  }

  @Override
  public boolean skip(TaskKey key, String why, String actor) {
    return step(
        key,
        (_, task) -> {
          if (!task.state.isSkippable()) {
            return false;
          }
          task.become(TaskState.SKIPPED);
          task.report = Report.of(why);
          task.actor = actor;
          task.endedAt = clock.instant();
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
          task.settle(applied, actor);
          if (applied && !Objects.equals(task.mode, Mode.STATEMENTS)) {
            task.become(TaskState.DONE);
            task.report = Report.of("applied, as %s said".formatted(actor));
            task.endedAt = clock.instant();
            log(row, task);
            askForChecks(row, task);
          } else if (row.status == Status.ACTIVE) {
            pend(task, actor);
          } else {
            task.become(TaskState.CANCELED);
          }
          return true;
        });
  }

  /// The database is not what was checked for later tasks.
  void askForChecks(MemoryRollout row, MemoryTask done) {
    row.behind(done).stream()
        .filter(later -> !later.state.isSettled())
        .forEach(later -> later.checkAfter = clock.instant());
  }

  @Override
  public boolean cancel(long rollout, String actor) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      if (row == null || row.status != Status.ACTIVE) {
        return false;
      }
      row.status = Status.CANCELING;
      row.waiting = "";
      for (var task : row.tasks) {
        if (task.state == TaskState.PENDING || task.state == TaskState.QUEUED) {
          if (!row.cancel(task)) {
            log(row, task);
          }
          task.endedAt = clock.instant();
        }
      }
      return true;
    }
  }

  @Override
  public boolean end(long rollout) {
    synchronized (plans) {
      var row = rollouts.get(rollout);
      var next = row == null ? null : ending(row);
      if (row == null || next == null) {
        return false;
      }
      row.status = next;
      row.endedAt = clock.instant();
      row.waiting = "";
      return true;
    }
  }

  private static @Nullable Status ending(MemoryRollout row) {
    return switch (row.status) {
      case ACTIVE ->
          row.tasks.stream().allMatch(task -> task.state.isSettled()) ? Status.DONE : null;
      case CANCELING -> row.moving() == 0 ? Status.CANCELED : null;
      case CANCELED, DONE -> null;
    };
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

  void log(MemoryRollout row, MemoryTask task) {
    var source = row.draft.source();
    log.add(
        new DatabaseChange(
            log.size() + 1L,
            task.item.target(),
            source.plan(),
            source.planVersion(),
            task.item.spec(),
            task.item.sheet(),
            task.name,
            task.state,
            task.report.words(),
            task.actor,
            clock.instant()));
  }

  @Override
  public List<DatabaseChange> changes(DatabaseName database, int limit, long before) {
    synchronized (plans) {
      return log.reversed().stream()
          .filter(change -> change.id() < before && change.database().equals(database))
          .limit(limit)
          .toList();
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
