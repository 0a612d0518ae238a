// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// Brings queued runs to a worker. [Runs#enqueue] has stored the run and its queue entry before;
/// this only wakes somebody up, here or elsewhere.
public interface RunQueue extends AutoCloseable {
  /// A run was stored as QUEUED.
  void queued(PlanCheckRun run);

  /// A run was stored as CANCELED: whoever works on it shall stop at once.
  void canceled(PlanCheckRun run);

  /// Stops what this process works on, and takes nothing more.
  @Override
  void close();
}
