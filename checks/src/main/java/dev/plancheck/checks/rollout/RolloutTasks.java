// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckedState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The port of those who work on tasks. A task has one owner at a time, told by its epoch. Every
/// write is conditional on task, epoch and RUNNING, and tells by its answer whether it took place:
/// whoever was paused while another took over changes nothing any more.
public interface RolloutTasks {
  /// How long what the gate said of a task holds while nobody has room for it.
  Duration WORD_OF_GATE = Duration.ofMinutes(1);

  /// The right to work on a task, until somebody else claims it.
  ///
  /// `before` are the sheets of the plan on the same database before this one. `checked` is null
  /// where nothing is to be compared. `waited` is how long the task could not be worked on because
  /// its database was busy, over all its turns.
  record Claim(
      TaskKey key,
      int epoch,
      PlanName plan,
      String name,
      TaskItem item,
      List<String> before,
      @Nullable CheckedState checked,
      Duration waited) {
    public Claim {
      before = List.copyOf(before);
    }
  }

  /// Makes the caller the owner: QUEUED, or RUNNING of an owner that is gone, becomes RUNNING with
  /// the next epoch. Empty when there is nothing to do in this turn: then a task of a canceled
  /// rollout was ended, one of a stopped stage or with an old word of the gate put back.
  Optional<Claim> claim(TaskTurn turn);

  /// Whether the caller still owns it, and its rollout is not canceled.
  boolean isWanted(Claim claim);

  ChangeJournal journal(Claim claim);

  /// Stores how it ended, with its line in the log of the database. False if it is no longer the
  /// caller's.
  boolean finish(Claim claim, ChangeOutcome outcome);

  /// RUNNING becomes PENDING: the database is busy, and is to be tried again after a pause.
  boolean postpone(Claim claim, String why, Duration pause);

  /// RUNNING becomes QUEUED again in the same turn: the caller's process stops.
  boolean release(Claim claim);
}
