// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.run.ConnectionLeases;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Slots of instances within one process, where nobody else waits for them.
final class MemoryLeases implements ConnectionLeases {
  private final Map<String, Integer> taken = new HashMap<>();

  @Override
  public synchronized Optional<Lease> tryAcquire(String instance, int most) {
    var now = taken.getOrDefault(instance, 0);
    if (now >= most) {
      return Optional.empty();
    }
    taken.put(instance, now + 1);
    return Optional.of(
        new Lease() {
          @Override
          public State renew() {
            return State.KEPT;
          }

          @Override
          public void close() {
            giveBack(instance);
          }
        });
  }

  private synchronized void giveBack(String instance) {
    taken.merge(instance, -1, Integer::sum);
  }
}
