// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.RolloutTasks;
import dev.plancheck.checks.rollout.Task.Report;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// The work on tasks in memory, each write one step under the lock of [MemoryRollouts].
final class MemoryRolloutTasks implements RolloutTasks {
  private final MemoryRollouts rollouts;

  MemoryRolloutTasks(MemoryRollouts rollouts) {
    this.rollouts = rollouts;
  }

  private Instant now() {
    return rollouts.clock().instant();
  }

  @Override
  public Optional<Claim> claim(TaskTurn turn) {
    synchronized (rollouts.lock()) {
      var row = rollouts.found(turn.task().rollout());
      var task = rollouts.found(turn.task());
      if (row == null || task == null || task.turn != turn.turn() || !task.state.isMoving()) {
        return Optional.empty();
      }
      if (row.status != Status.ACTIVE) {
        if (!row.cancel(task)) {
          rollouts.steps().log(row, task);
        }
        task.endedAt = now();
        return Optional.empty();
      }
      if (task.state == TaskState.QUEUED && isTooLate(row, task)) {
        row.putBack(task, TaskState.PENDING);
        return Optional.empty();
      }
      task.become(TaskState.RUNNING);
      task.epoch++;
      task.startedAt = now();
      return Optional.of(claim(row, task));
    }
  }

  private boolean isTooLate(MemoryRollout row, MemoryTask task) {
    var queued = task.queuedAt;
    var stage = row.stage(task.item.stage());
    return (stage.isStopped(row.draft.options().failures()) && !task.asked)
        || queued == null
        || Duration.between(queued, now()).compareTo(WORD_OF_GATE) > 0;
  }

  private Claim claim(MemoryRollout row, MemoryTask task) {
    return new Claim(
        task.key,
        task.epoch,
        row.draft.source().plan(),
        task.name,
        task.item,
        row.before(task).stream().map(earlier -> earlier.item.sheet()).toList(),
        task.checked,
        task.busySince == null ? Duration.ZERO : Duration.between(task.busySince, now()));
  }

  @Override
  public boolean isWanted(Claim claim) {
    return owned(claim, true, _ -> {});
  }

  /// Whether the caller owns it; then `write` took place. With `active` only while the rollout is
  /// not canceled.
  private boolean owned(Claim claim, boolean active, Consumer<MemoryTask> write) {
    return rollouts.step(
        claim.key(),
        (row, task) -> {
          if (task.state != TaskState.RUNNING
              || task.epoch != claim.epoch()
              || (active && row.status != Status.ACTIVE)) {
            return false;
          }
          write.accept(task);
          return true;
        });
  }

  @Override
  public boolean finish(Claim claim, ChangeOutcome outcome) {
    return rollouts.step(
        claim.key(),
        (row, task) ->
            owned(
                claim,
                false,
                _ -> {
                  var foreign = task.committing != 0 && task.committing != claim.epoch();
                  var end = TaskEnd.of(outcome, foreign);
                  task.become(end.state());
                  task.report = end.report();
                  task.endedAt = now();
                  task.busySince = null;
                  task.asked = false;
                  keep(task, outcome);
                  if (end.logged()) {
                    rollouts.steps().log(row, task);
                  }
                  if (end.state() == TaskState.DONE) {
                    rollouts.steps().askForChecks(row, task);
                  }
                }));
  }

  private void keep(MemoryTask task, ChangeOutcome outcome) {
    switch (outcome) {
      case ChangeOutcome.Applied(var statements, _, var backup, _) -> {
        statements.forEach(task::finish);
        task.backup = backup;
        task.committing = 0;
      }
      case ChangeOutcome.Drifted _ -> {
        task.checkAfter = now();
        task.committing = 0;
      }
      case ChangeOutcome.Failed _ -> task.committing = 0;
      case ChangeOutcome.Canceled _, ChangeOutcome.Unknown _, ChangeOutcome.Busy _ -> {}
    }
  }

  @Override
  public boolean postpone(Claim claim, String why, Duration pause) {
    return rollouts.step(
        claim.key(),
        (row, task) ->
            owned(
                claim,
                false,
                _ -> {
                  task.report = Report.of(why);
                  task.busySince = task.busySince == null ? now() : task.busySince;
                  task.notBefore = now().plus(pause);
                  putBack(row, task, TaskState.PENDING);
                }));
  }

  @Override
  public boolean release(Claim claim) {
    return rollouts.step(
        claim.key(), (row, task) -> owned(claim, false, _ -> putBack(row, task, TaskState.QUEUED)));
  }

  private void putBack(MemoryRollout row, MemoryTask task, TaskState next) {
    row.putBack(task, next);
    if (task.state == TaskState.UNKNOWN) {
      rollouts.steps().log(row, task);
    }
  }

  @Override
  public ChangeJournal journal(Claim claim) {
    return new Journal(claim);
  }

  private final class Journal implements ChangeJournal {
    private final Claim claim;

    Journal(Claim claim) {
      this.claim = claim;
    }

    @Override
    public History history() {
      var work = rollouts.work(claim.key());
      return new History(work.mode(), work.entries());
    }

    @Override
    public boolean began(Mode mode) {
      return owned(
          claim,
          true,
          task -> {
            if (task.mode != null && task.mode != mode) {
              throw new IllegalStateException(
                  "task %s began as %s (expected: %s)".formatted(task.key, mode, task.mode));
            }
            task.mode = mode;
          });
    }

    @Override
    public boolean started(int statement) {
      return owned(
          claim,
          true,
          task -> {
            if (task.entries.putIfAbsent(statement, new Entry(statement, null)) != null) {
              throw new IllegalStateException(
                  "statement %d of task %s was started before".formatted(statement, task.key));
            }
          });
    }

    @Override
    public boolean finished(AppliedStatement statement) {
      return owned(claim, false, task -> task.finish(statement));
    }

    @Override
    public boolean failed(int statement) {
      return owned(claim, false, task -> task.entries.remove(statement));
    }

    @Override
    public boolean committing() {
      return owned(claim, true, task -> task.committing = claim.epoch());
    }

    @Override
    public boolean retrying(int retry, String why) {
      return owned(
          claim,
          true,
          task -> {
            task.committing = 0;
            task.report = Report.of("try %d: %s".formatted(retry + 1, why));
          });
    }
  }
}
