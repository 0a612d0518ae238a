// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The right to have a connection open: at most so many to one instance, and so many in all, for
/// everything that this process runs. Whoever waits for a busy instance takes nothing from others.
final class ConnectionSlots {
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  private final int perInstance;
  private final Semaphore all;
  private final Map<String, Semaphore> instances = new ConcurrentHashMap<>();

  ConnectionSlots(int all, int perInstance) {
    this.perInstance = perInstance;
    this.all = new Semaphore(all, true);
  }

  /// One connection's right; closing it more than once is a bug.
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for a slot; empty when the signal came first.
  Optional<Slot> acquire(String instance, StopSignal stop) throws InterruptedException {
    var own = instances.computeIfAbsent(instance, _ -> new Semaphore(perInstance, true));
    if (!acquire(own, stop)) {
      return Optional.empty();
    }
    if (!acquire(all, stop)) {
      own.release();
      return Optional.empty();
    }
    return Optional.of(() -> {
      all.release();
      own.release();
    });
  }

  private static boolean acquire(Semaphore slots, StopSignal stop) throws InterruptedException {
    while (!stop.isStopped()) {
      if (slots.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }
}
