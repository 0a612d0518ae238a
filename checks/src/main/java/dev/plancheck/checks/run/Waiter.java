// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The only place where checks wait for something with a time limit.
final class Waiter {
  private Waiter() {}

  /// Whether the event came, well or badly, within the time.
  static boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
    try {
      event.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  static void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /// False when the signal came before the time was over.
  static boolean pause(Duration duration, StopSignal stop) throws InterruptedException {
    var wake = new CompletableFuture<Void>();
    try (var _ = stop.onStop(() -> wake.complete(null))) {
      return !await(wake, duration);
    }
  }
}
