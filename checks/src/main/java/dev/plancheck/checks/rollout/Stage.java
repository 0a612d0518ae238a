// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The tasks of one environment; `number` from 0 in the order in which stages come. `start` is null
/// until somebody, or the rollout itself, let it begin.
public record Stage(int number, String environment, @Nullable Start start, TaskCounts counts) {
  public record Start(Instant at, String actor) {}

  public enum Status {
    PENDING,
    RUNNING,
    /// Nothing goes on until a person did something about a task.
    FAILED,
    CANCELED,
    DONE
  }

  public boolean isComplete() {
    return counts.settled() == counts.total();
  }

  /// Whether only what a person asks for may begin.
  public boolean isStopped(FailurePolicy failures) {
    return switch (failures) {
      case STOP_STAGE -> counts.failing() > 0;
      case CONTINUE -> false;
    };
  }

  public Status status(FailurePolicy failures) {
    var pending = counts.of(TaskState.PENDING);
    if (isComplete()) {
      return Status.DONE;
    }
    if (counts.moving() > 0) {
      return Status.RUNNING;
    }
    if (counts.of(TaskState.CANCELED) > 0 && counts.failing() == 0 && pending == counts.held()) {
      return Status.CANCELED;
    }
    if (start == null) {
      return Status.PENDING;
    }
    return isStopped(failures) || pending == counts.held() ? Status.FAILED : Status.RUNNING;
  }
}
