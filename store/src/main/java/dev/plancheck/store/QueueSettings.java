// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.time.Duration;

/// How a process takes part in the work on runs. `shardsAtOnce` is the most shards that it works on
/// at the same time. `poll` is the pause between two looks for work, `heartbeat` that between two
/// signs of life: who gives none for four times as long is taken for dead, and its work goes to
/// others. `reconcile` is the pause between two comparisons of the queue with what it stands for.
public record QueueSettings(
    int shardsAtOnce, Duration poll, Duration heartbeat, Duration reconcile) {
  public static final QueueSettings DEFAULT =
      new QueueSettings(
          4, Duration.ofMillis(500), Duration.ofMillis(1_500), Duration.ofSeconds(10));

  public QueueSettings {
    if (shardsAtOnce < 1) {
      throw new IllegalArgumentException(
          "shards at once: %d (expected: > 0)".formatted(shardsAtOnce));
    }
    if (!poll.isPositive() || !heartbeat.isPositive() || !reconcile.isPositive()) {
      throw new IllegalArgumentException(
          "poll %s, heartbeat %s, reconcile %s (expected: all > 0)"
              .formatted(poll, heartbeat, reconcile));
    }
  }

  public QueueSettings withShardsAtOnce(int most) {
    return new QueueSettings(most, poll, heartbeat, reconcile);
  }

  public QueueSettings withPauses(Duration polls, Duration heartbeats, Duration reconciles) {
    return new QueueSettings(shardsAtOnce, polls, heartbeats, reconciles);
  }
}
