// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks storage again and again while it does not answer, so that nothing is given up for want of a
/// word; for some seconds only when the process is to stop, and for some minutes at all, because
/// what fails for so long is better begun anew by another worker.
public record Insistence(String work, StopSignal stop) {
  private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// The answer; empty when the process stops and storage still gave none. Throws what storage
  /// threw last, after minutes.
  public <T> Optional<T> ask(String doing, Supplier<T> call) throws InterruptedException {
    var begin = System.nanoTime();
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        return Optional.of(call.get());
      } catch (RuntimeException e) {
        var waited = Duration.ofNanos(System.nanoTime() - begin);
        if (waited.compareTo(LONGEST) > 0) {
          throw e;
        }
        LOG.warn("storage did not {} {}; asking again in {} ms", doing, work, pause.toMillis(), e);
        if (isLeaving() && waited.compareTo(LAST_WORDS) > 0) {
          return Optional.empty();
        }
        Waiter.pause(pause);
        pause = min(pause.multipliedBy(2), isLeaving() ? FIRST_PAUSE : LONGEST_PAUSE);
      }
    }
  }

  private boolean isLeaving() {
    return reason() instanceof Reason.Leaving;
  }

  private @Nullable Reason reason() {
    return stop.reason().orElse(null);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
