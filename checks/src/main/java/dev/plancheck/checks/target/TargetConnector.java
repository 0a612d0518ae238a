// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The port to the users' databases. What it opens can read and plan, never write.
public interface TargetConnector {
  /// Time limits of one session, each enforced on the server and on the socket.
  record Limits(Duration connect, Duration statement, Duration lock) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  /// Opens the one session of a target and run; throws [TargetException] when that is not possible.
  /// Blocks no longer than `limits.connect()`.
  TargetSession open(DatabaseName target, Limits limits) throws TargetException;

  /// A connector for databases of one instance, which is of this engine, whose sessions come soon,
  /// one after the other and in this order, and are asked the same: the first may read the
  /// catalogue for those that come after it. Each tells, or fails to tell, what it would have by
  /// itself, seconds old at most. Empty where nothing is gained by it.
  default Optional<TargetConnector> together(List<DatabaseName> targets, Engine engine) {
    return Optional.empty();
  }
}
