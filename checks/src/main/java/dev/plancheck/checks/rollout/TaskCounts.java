// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/// How many tasks of a stage are in which state. `held` of the pending ones wait for a task on the
/// same database that needs a person.
public record TaskCounts(Map<TaskState, Integer> states, int held) {
  public TaskCounts {
    var all = new EnumMap<TaskState, Integer>(TaskState.class);
    all.putAll(states);
    states = Collections.unmodifiableMap(all);
  }

  public int of(TaskState state) {
    return states.getOrDefault(state, 0);
  }

  public int total() {
    return states.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int settled() {
    return sum(TaskState::isSettled);
  }

  public int moving() {
    return sum(TaskState::isMoving);
  }

  public int failing() {
    return sum(TaskState::isFailing);
  }

  private int sum(Predicate<TaskState> of) {
    return states.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
