// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// Works on one shard of a run; what a queue calls, in any process.
public interface ShardWorker {
  /// How the work on a shard ended.
  enum Ending {
    /// There is nothing more to do for this shard.
    OVER,
    /// The process stops: somebody else shall go on.
    LEFT
  }

  /// Claims the shard and works on it until it is complete, or is no longer to be had, or the
  /// signal stops it.
  Ending work(ShardKey shard, StopSignal stop) throws InterruptedException;
}
