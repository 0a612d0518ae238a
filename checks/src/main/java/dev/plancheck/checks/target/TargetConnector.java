// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.plan.DatabaseName;
import java.time.Duration;

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
}
