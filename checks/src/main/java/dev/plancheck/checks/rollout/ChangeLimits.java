// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.time.Duration;

/// How long one task may wait. `lock` and `statement` hold for each statement; a sheet may set
/// others for itself. A `statement` of zero means no limit: an index of a large table takes hours.
///
/// A transaction that failed for a lock, a deadlock or a conflict with others is tried again,
/// `retries` times, after a pause that doubles each time from `pause`.
public record ChangeLimits(
    Duration connect, Duration lock, Duration statement, int retries, Duration pause) {
  public static final ChangeLimits DEFAULT =
      new ChangeLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ZERO, 5, Duration.ofSeconds(2));

  private static final int MOST_RETRIES = 100;

  public ChangeLimits {
    positive("connect", connect);
    positive("lock", lock);
    positive("pause", pause);
    if (statement.isNegative()) {
      throw new IllegalArgumentException("statement: %s (expected: >= 0)".formatted(statement));
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "retries: %d (expected: 0 to %d)".formatted(retries, MOST_RETRIES));
    }
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException("%s: %s (expected: >= 1 ms)".formatted(name, value));
    }
  }
}
