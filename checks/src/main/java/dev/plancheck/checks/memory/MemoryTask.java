// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.Backup;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.Task.Report;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskWork;
import dev.plancheck.checks.run.CheckedState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One task of a rollout in memory. Guarded by whoever holds it.
final class MemoryTask {
  final TaskKey key;
  final String name;
  final TaskItem item;
  TaskState state = TaskState.PENDING;
  int turn;
  int epoch;
  String actor = "";
  Report report = Report.NONE;
  boolean asked;
  @Nullable CheckedState checked;
  @Nullable Instant checkAfter;
  @Nullable Instant notBefore;
  @Nullable Instant busySince;
  @Nullable Instant queuedAt;
  @Nullable Instant startedAt;
  @Nullable Instant endedAt;

  /// The journal: finished entries have their statement, and `committing` is the epoch of the owner
  /// that sent COMMIT, 0 for none.
  @Nullable Mode mode;

  final TreeMap<Integer, Entry> entries = new TreeMap<>();
  int committing;
  @Nullable Backup backup;

  MemoryTask(TaskKey key, String name, TaskItem item) {
    this.key = key;
    this.name = name;
    this.item = item;
  }

  void become(TaskState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "task %s cannot become %s (it is %s)".formatted(key, next, state));
    }
    state = next;
  }

  /// Whether an owner may have applied something without having said so.
  boolean isUncertain() {
    return committing != 0 || entries.values().stream().anyMatch(entry -> entry.finished() == null);
  }

  boolean isResumed() {
    return mode == Mode.STATEMENTS && finished() > 0;
  }

  int finished() {
    return (int) entries.values().stream().filter(entry -> entry.finished() != null).count();
  }

  void finish(AppliedStatement statement) {
    entries.put(statement.number(), new Entry(statement.number(), statement));
  }

  /// What was begun and never told is settled by a person's word.
  void settle(boolean applied, String by) {
    for (var entry : Map.copyOf(entries).values()) {
      if (entry.finished() == null) {
        if (applied) {
          finish(TaskEnd.said(entry.statement(), by));
        } else {
          entries.remove(entry.statement());
        }
      }
    }
    committing = 0;
  }

  Task read() {
    return new Task(
        key,
        name,
        item,
        state,
        turn,
        actor,
        report,
        checkAfter,
        mode,
        isResumed(),
        asked,
        new Task.Times(queuedAt, startedAt, endedAt));
  }

  TaskWork work() {
    return new TaskWork(mode, entries.values().stream().toList(), backup);
  }
}
