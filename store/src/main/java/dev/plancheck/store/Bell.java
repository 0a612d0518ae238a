// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the queue of this process that there is something due, so that it need not wait for its
/// next look; other processes find it by looking. Safe for use by several threads.
final class Bell {
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

  void add(Runnable listener) {
    listeners.add(listener);
  }

  void ring() {
    listeners.forEach(Runnable::run);
  }
}
