// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.time.Duration;

/// How tasks are worked on. A task whose database is busy is tried again after `pause`, for
/// `patience` in all; `connection` is the longest wait for a connection that others hold; `look` is
/// the pause between two looks at what live rollouts can do next, should nothing happen.
public record RolloutSettings(
    ChangeLimits limits, Duration connection, Duration pause, Duration patience, Duration look) {
  public static final RolloutSettings DEFAULT =
      new RolloutSettings(
          ChangeLimits.DEFAULT,
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          Duration.ofSeconds(1));

  public RolloutSettings {
    if (!connection.isPositive()
        || !pause.isPositive()
        || !patience.isPositive()
        || !look.isPositive()) {
      throw new IllegalArgumentException(
          "connection %s, pause %s, patience %s, look %s (expected: all > 0)"
              .formatted(connection, pause, patience, look));
    }
  }

  public RolloutSettings withLimits(ChangeLimits other) {
    return new RolloutSettings(other, connection, pause, patience, look);
  }

  public RolloutSettings withPauses(Duration each, Duration inAll) {
    return new RolloutSettings(limits, connection, each, inAll, look);
  }

  public RolloutSettings withLook(Duration each) {
    return new RolloutSettings(limits, connection, pause, patience, each);
  }
}
