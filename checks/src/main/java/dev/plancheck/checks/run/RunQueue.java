// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.List;

/// Brings shards of queued runs to a worker, in this process or another. [Runs#enqueue] and
/// [Runs#cancel] have stored everything before; here somebody is only woken up.
public interface RunQueue extends AutoCloseable {
  /// Begins to hand out work, first what an earlier process left; to be called once.
  void start(ShardWorker worker, List<RecurringWork> recurring);

  /// A run was stored as QUEUED.
  void queued(PlanCheckRun run);

  /// A run was stored as CANCELED: whoever works on it here shall stop at once.
  void canceled(PlanCheckRun run);

  /// Stops what this process works on, within some seconds, and takes nothing more.
  @Override
  void close();
}
