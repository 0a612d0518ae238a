// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long each target of one run took, from its connection to its results. Kept by the process
/// that runs it, eight bytes for each, and nowhere stored. Safe for many threads.
public final class TargetTimes {
  /// One check of one target.
  public record Taken(DatabaseName target, Duration time) {}

  private long[] nanos = new long[64];
  private int count;
  private @Nullable Taken slowest;

  synchronized void add(DatabaseName target, Duration time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time.toNanos();
    if (slowest == null || time.compareTo(slowest.time()) >= 0) {
      slowest = new Taken(target, time);
    }
  }

  /// The middle one, the upper of two; empty when no target was checked.
  public synchronized Optional<Duration> median() {
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(sorted[count / 2]));
  }

  public synchronized Optional<Taken> slowest() {
    return Optional.ofNullable(slowest);
  }
}
