// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.target.TargetConnector;
import java.time.Duration;

/// How runs are executed: how many connections at once, for how long, and whether equal databases
/// share a review.
///
/// `connections` holds for all runs of this process together, `connectionsPerInstance` for all
/// processes on the same storage. `target` begins when a target's turn has come, and is also the
/// longest wait for a connection that other processes hold; `run` begins when the run begins;
/// `session` limits each connection and statement. With `shared` false each check of a target has a
/// connection of its own and nothing is computed for two. A run of more than `targetsOfShard`
/// targets is split, for several processes to work on.
public record RunSettings(
    int connections,
    int connectionsPerInstance,
    Duration target,
    Duration run,
    TargetConnector.Limits session,
    boolean shared,
    int targetsOfShard) {
  public static final RunSettings DEFAULT =
      new RunSettings(
          64,
          8,
          Duration.ofMinutes(2),
          Duration.ofHours(1),
          TargetConnector.Limits.DEFAULT,
          true,
          2000);

  /// One target after the other, a connection for each check, nothing shared: what parallel, shared
  /// runs are compared with.
  public static final RunSettings SEQUENTIAL_UNSHARED =
      DEFAULT.withConnections(1, 1).withShared(false);

  public RunSettings {
    if (connections < 1 || connectionsPerInstance < 1) {
      throw new IllegalArgumentException(
          "connections: %d, per instance: %d (expected: both > 0)"
              .formatted(connections, connectionsPerInstance));
    }
    if (targetsOfShard < 1) {
      throw new IllegalArgumentException(
          "targets of a shard: %d (expected: > 0)".formatted(targetsOfShard));
    }
    if (!target.isPositive() || !run.isPositive()) {
      throw new IllegalArgumentException(
          "time limits: target %s, run %s (expected: both > 0)".formatted(target, run));
    }
  }

  public RunSettings withConnections(int all, int perInstance) {
    return new RunSettings(all, perInstance, target, run, session, shared, targetsOfShard);
  }

  public RunSettings withTimeLimits(Duration ofTarget, Duration ofRun) {
    return new RunSettings(
        connections, connectionsPerInstance, ofTarget, ofRun, session, shared, targetsOfShard);
  }

  public RunSettings withSession(TargetConnector.Limits limits) {
    return new RunSettings(
        connections, connectionsPerInstance, target, run, limits, shared, targetsOfShard);
  }

  public RunSettings withShared(boolean wanted) {
    return new RunSettings(
        connections, connectionsPerInstance, target, run, session, wanted, targetsOfShard);
  }

  public RunSettings withTargetsOfShard(int most) {
    return new RunSettings(connections, connectionsPerInstance, target, run, session, shared, most);
  }
}
