// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What this process works on, each with the signal that stops it. A process that was paused may
/// work on what is its own successor's, so the same key may be there twice.
final class WorkInHand<K> {
  /// Whether it is over; else it is due again, for whoever takes it.
  interface Work {
    boolean isOver(StopSignal stop) throws InterruptedException;
  }

  private final Map<StopSignal, K> signals = new ConcurrentHashMap<>();
  private volatile boolean leaving;

  boolean isOver(K key, Work work) throws InterruptedException {
    var signal = new StopSignal();
    signals.put(signal, key);
    try {
      if (leaving) {
        signal.stop(new Reason.Leaving());
      }
      return work.isOver(signal);
    } finally {
      signals.remove(signal);
    }
  }

  void cancel(Predicate<K> which) {
    signals.forEach((signal, key) -> {
      if (which.test(key)) {
        signal.stop(new Reason.Canceled());
      }
    });
  }

  /// Stops everything, and whatever begins from now on.
  void leave() {
    leaving = true;
    signals.keySet().forEach(signal -> signal.stop(new Reason.Leaving()));
  }
}
