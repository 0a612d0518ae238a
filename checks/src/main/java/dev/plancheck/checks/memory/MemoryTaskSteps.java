// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.Rollouts.Release;
import dev.plancheck.checks.rollout.Task.Report;
import dev.plancheck.checks.rollout.TaskState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The steps that tasks take in memory, under the lock of whoever asks for them, and the log of
/// what was done to databases.
final class MemoryTaskSteps {
  private final InstantSource clock;
  private final List<DatabaseChange> log = new ArrayList<>();

  MemoryTaskSteps(InstantSource clock) {
    this.clock = clock;
  }

  boolean isReady(MemoryRollout row, MemoryTask task) {
    return task.state == TaskState.PENDING
        && (task.notBefore == null || !clock.instant().isBefore(task.notBefore))
        && row.before(task).stream().allMatch(earlier -> earlier.state.isSettled());
  }

  boolean mayBegin(MemoryRollout row, MemoryTask task) {
    return row.status == Status.ACTIVE
        && row.isStarted(task.item.stage())
        && isReady(row, task)
        && row.moving() < row.draft.options().parallel();
  }

  void release(MemoryTask task, Release release) {
    task.become(TaskState.QUEUED);
    task.turn++;
    task.checked = release.checked();
    task.actor = release.actor();
    task.queuedAt = clock.instant();
  }

  void block(MemoryTask task, String why) {
    task.become(TaskState.FAILED);
    task.report = Report.of(why);
    task.checkAfter = clock.instant();
    task.asked = false;
  }

  void pend(MemoryTask task, String actor) {
    task.become(TaskState.PENDING);
    task.report = Report.NONE;
    task.actor = actor;
    task.asked = true;
    task.notBefore = null;
    task.busySince = null;
    task.endedAt = null;
  }

  void skip(MemoryTask task, String why, String actor) {
    task.become(TaskState.SKIPPED);
    task.report = Report.of(why);
    task.actor = actor;
    task.endedAt = clock.instant();
  }

  void resolve(MemoryRollout row, MemoryTask task, boolean applied, String actor) {
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
  }

  /// The database is not what was checked for later tasks.
  void askForChecks(MemoryRollout row, MemoryTask done) {
    row.behind(done).stream()
        .filter(later -> !later.state.isSettled())
        .forEach(later -> later.checkAfter = clock.instant());
  }

  void cancel(MemoryRollout row) {
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
  }

  static @Nullable Status ending(MemoryRollout row) {
    return switch (row.status) {
      case ACTIVE ->
          row.tasks.stream().allMatch(task -> task.state.isSettled()) ? Status.DONE : null;
      case CANCELING -> row.moving() == 0 ? Status.CANCELED : null;
      case CANCELED, DONE -> null;
    };
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

  List<DatabaseChange> changes(DatabaseName database, int limit, long before) {
    return log.reversed().stream()
        .filter(change -> change.id() < before && change.database().equals(database))
        .limit(limit)
        .toList();
  }
}
