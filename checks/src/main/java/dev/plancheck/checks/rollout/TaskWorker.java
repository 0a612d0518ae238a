// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.run.ShardWorker.Ending;
import dev.plancheck.checks.run.StopSignal;

/// Works on one task of a rollout; what a queue calls, in any process.
public interface TaskWorker {
  /// Claims the task and works on it until it ended, or is no longer to be had, or the signal stops
  /// it.
  Ending work(TaskTurn turn, StopSignal stop) throws InterruptedException;
}
