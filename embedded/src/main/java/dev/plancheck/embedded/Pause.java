// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.time.Duration;

/// A short wait that an interrupt does not cut short; the interrupt is kept.
public final class Pause {
  private Pause() {}

  public static void uninterruptibly(Duration duration) {
    var end = System.nanoTime() + duration.toNanos();
    var interrupted = false;
    for (var left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
