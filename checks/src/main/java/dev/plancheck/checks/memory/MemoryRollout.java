// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.TaskCounts;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One rollout in memory. Guarded by whoever holds it.
final class MemoryRollout {
  final long id;
  final RolloutDraft draft;
  final List<MemoryTask> tasks = new ArrayList<>();
  final Instant createdAt;
  Status status = Status.ACTIVE;
  String waiting = "";
  @Nullable Instant endedAt;
  private final Stage.@Nullable Start[] starts;

  MemoryRollout(long id, RolloutDraft draft, Instant now) {
    this.id = id;
    this.draft = draft;
    this.createdAt = now;
    this.starts = new Stage.Start[draft.environments().size()];
    var unique = UUID.randomUUID();
    for (var item : draft.items()) {
      var number = tasks.size() + 1;
      tasks.add(new MemoryTask(new TaskKey(id, number), unique + "/" + number, item));
    }
  }

  /// Null for a number that it has not.
  @Nullable MemoryTask task(int number) {
    return number < 1 || number > tasks.size() ? null : tasks.get(number - 1);
  }

  /// Whether a stage's predecessors are complete and it has not begun.
  boolean start(int stage, String actor, Instant now) {
    if (status != Status.ACTIVE
        || stage < 0
        || stage >= starts.length
        || starts[stage] != null
        || IntStream.range(0, stage).anyMatch(before -> !stage(before).isComplete())) {
      return false;
    }
    starts[stage] = new Stage.Start(now, actor);
    return true;
  }

  boolean isStarted(int stage) {
    return starts[stage] != null;
  }

  Stage stage(int number) {
    var counts = new EnumMap<TaskState, Integer>(TaskState.class);
    var held = 0;
    for (var task : tasks) {
      if (task.item.stage() == number) {
        counts.merge(task.state, 1, Integer::sum);
        if (task.state == TaskState.PENDING
            && before(task).stream().anyMatch(earlier -> earlier.state.isStuck())) {
          held++;
        }
      }
    }
    return new Stage(
        number, draft.environments().get(number), starts[number], new TaskCounts(counts, held));
  }

  /// On the same database.
  List<MemoryTask> before(MemoryTask task) {
    return tasks.subList(0, task.key.number() - 1).stream()
        .filter(earlier -> earlier.item.target().equals(task.item.target()))
        .toList();
  }

  /// On the same database.
  List<MemoryTask> behind(MemoryTask task) {
    return tasks.subList(task.key.number(), tasks.size()).stream()
        .filter(later -> later.item.target().equals(task.item.target()))
        .toList();
  }

  int moving() {
    return (int) tasks.stream().filter(task -> task.state.isMoving()).count();
  }

  /// To where it goes when nobody works on it any more.
  void putBack(MemoryTask task, TaskState next) {
    if (status == Status.ACTIVE) {
      task.become(next);
      task.queuedAt = next == TaskState.QUEUED ? task.queuedAt : null;
    } else {
      var _ = cancel(task);
    }
  }

  /// Whether it is certain that nothing was applied.
  boolean cancel(MemoryTask task) {
    if (task.isUncertain()) {
      task.become(TaskState.UNKNOWN);
      task.report = TaskEnd.lost().report();
      return false;
    }
    task.become(TaskState.CANCELED);
    return true;
  }

  Rollout read() {
    return new Rollout(
        id,
        draft.source(),
        draft.options(),
        status,
        IntStream.range(0, starts.length).mapToObj(this::stage).toList(),
        waiting,
        draft.actor(),
        new Rollout.Times(createdAt, endedAt));
  }
}
