// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.Set;

/// Which tasks of a rollout to list, by number; an empty set does not restrict. `afterNumber` 0
/// begins.
public record TaskQuery(Set<TaskState> states, Set<Integer> stages, int limit, int afterNumber) {
  public TaskQuery {
    states = Set.copyOf(states);
    stages = Set.copyOf(stages);
  }

  /// The first `limit` of all.
  public static TaskQuery first(int limit) {
    return new TaskQuery(Set.of(), Set.of(), limit, 0);
  }

  public TaskQuery withStates(Set<TaskState> wanted) {
    return new TaskQuery(wanted, stages, limit, afterNumber);
  }

  public TaskQuery withStage(int stage) {
    return new TaskQuery(states, Set.of(stage), limit, afterNumber);
  }

  public TaskQuery after(int number) {
    return new TaskQuery(states, stages, limit, number);
  }

  public boolean matches(Task task) {
    return task.key().number() > afterNumber
        && (states.isEmpty() || states.contains(task.state()))
        && (stages.isEmpty() || stages.contains(task.item().stage()));
  }
}
