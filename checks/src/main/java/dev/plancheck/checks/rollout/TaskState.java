// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.EnumSet;
import java.util.Set;

/// Where a task stands. Storage refuses every step that [#mayBecome] does not name.
public enum TaskState {
  /// Waits for its stage, its check, its turn, or better times.
  PENDING,
  /// Handed out: whichever process has room begins it.
  QUEUED,
  RUNNING,
  DONE,
  /// It did not work, for certain, or the gate is shut for it.
  FAILED,
  CANCELED,
  /// A person decided that it is not to be done, or not by the rollout.
  SKIPPED,
  /// Whether it was applied cannot be told: a person has to look.
  UNKNOWN,
  /// The database is not what was checked.
  DRIFTED;

  /// Nothing more happens to it, and what comes after it may begin.
  public boolean isSettled() {
    return this == DONE || this == SKIPPED;
  }

  /// Somebody works on it, or is about to.
  public boolean isMoving() {
    return this == QUEUED || this == RUNNING;
  }

  /// It did not end well.
  public boolean isFailing() {
    return this == FAILED || this == UNKNOWN || this == DRIFTED;
  }

  /// It needs a person.
  public boolean isStuck() {
    return switch (this) {
      case FAILED, CANCELED, UNKNOWN, DRIFTED -> true;
      case PENDING, QUEUED, RUNNING, DONE, SKIPPED -> false;
    };
  }

  /// A person may have it tried again.
  public boolean isRetryable() {
    return this == FAILED || this == CANCELED || this == DRIFTED;
  }

  /// A person may leave it out.
  public boolean isSkippable() {
    return this == PENDING || isStuck();
  }

  public boolean mayBecome(TaskState next) {
    return this == next ? !isSettled() : after().contains(next);
  }

  private Set<TaskState> after() {
    return switch (this) {
      case PENDING -> EnumSet.of(QUEUED, FAILED, CANCELED, SKIPPED, UNKNOWN);
      case QUEUED -> EnumSet.of(RUNNING, PENDING, CANCELED, UNKNOWN);
      case RUNNING -> EnumSet.of(QUEUED, PENDING, DONE, FAILED, CANCELED, UNKNOWN, DRIFTED);
      case FAILED, CANCELED, DRIFTED -> EnumSet.of(PENDING, SKIPPED);
      case UNKNOWN -> EnumSet.of(PENDING, DONE, CANCELED, SKIPPED);
      case DONE, SKIPPED -> EnumSet.noneOf(TaskState.class);
    };
  }
}
