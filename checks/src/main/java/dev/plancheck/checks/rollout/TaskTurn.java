// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

/// What a worker is woken up for: a task that was handed out for the `turn`th time, from 1. It is
/// never used again for other work.
public record TaskTurn(TaskKey task, int turn) {
  /// `12/3/1`
  @Override
  public String toString() {
    return task + "/" + turn;
  }
}
