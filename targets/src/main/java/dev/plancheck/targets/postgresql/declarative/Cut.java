// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The word that a computation is to end, for whoever works on it. Set once.
final class Cut {
  private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  boolean isCut() {
    return cut;
  }

  void cut() {
    cut = true;
    ends.forEach(Runnable::run);
  }

  /// `end` runs when the word comes, at once if it has come; until the registration is closed.
  Registration onCut(Runnable end) {
    ends.add(end);
    if (cut) {
      end.run();
    }
    return () -> ends.remove(end);
  }

  /// Throws [InterruptedException] if the word has come.
  void check() throws InterruptedException {
    if (cut) {
      throw new InterruptedException("canceled");
    }
  }

  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
