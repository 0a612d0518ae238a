// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.run.RecurringWork;
import java.util.List;

/// Brings tasks that were handed out to a worker, in this process or another. What is to be done is
/// stored before; here somebody is only woken up.
public interface RolloutQueue extends AutoCloseable {
  /// Begins to hand out work, first what an earlier process left; to be called once.
  void start(TaskWorker worker, List<RecurringWork> recurring);

  /// Tasks were handed out.
  void released();

  /// A rollout was canceled: whoever works on it here shall stop at once.
  void canceled(long rollout);

  /// Stops what this process works on, within some seconds, and takes nothing more.
  @Override
  void close();
}
