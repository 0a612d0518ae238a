// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.run.CheckedState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a rollout asks before anything of it begins.
public interface StageGate {
  /// About open tasks of the manifest, and no others.
  Answer ask(Rollout rollout, List<Task> tasks);

  /// Begins checks of just these tasks' databases.
  void check(Rollout rollout, List<Task> tasks);

  /// `against` are reasons against all of it, in words; `tasks` has each that was asked about.
  record Answer(List<String> against, Map<TaskKey, Word> tasks) {
    public Answer {
      against = List.copyOf(against);
      tasks = Map.copyOf(tasks);
    }
  }

  /// What is said of one task.
  sealed interface Word {
    /// `state` and `checkedAt`, when the check began, are null where nothing was checked.
    record Go(@Nullable CheckedState state, @Nullable Instant checkedAt) implements Word {}

    /// A check of its database decides.
    record ToCheck(String why) implements Word {}

    /// A later check than that which began at `checkedAt` may say otherwise.
    record No(String why, @Nullable Instant checkedAt) implements Word {}
  }
}
