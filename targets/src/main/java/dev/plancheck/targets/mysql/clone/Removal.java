// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.engine.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Drops a copy: over its own connection, or over a new one where that has come to its end, on a
/// thread that nobody ends.
final class Removal {
  private static final Duration OF_ONE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TIMES = 3;

  private final Opening opening;
  private final Engine engine;

  Removal(Opening opening, Engine engine) {
    this.opening = opening;
    this.engine = engine;
  }

  /// The statement that removes it, if that could not be done, or not in time; else empty.
  String remove(Writing writing, Copy copy) {
    if (!writing.isStopped() && !Thread.currentThread().isInterrupted()) {
      try {
        writing.run(copy.drop());
        return "";
      } catch (SQLException _) {
        // Then over another connection.
      }
    }
    return isRemovedElsewhere(copy) ? "" : copy.drop();
  }

  private boolean isRemovedElsewhere(Copy copy) {
    var removed = new AtomicBoolean();
    var thread = Thread.ofVirtual().name("remove a copy").start(() -> removed.set(isRemoved(copy)));
    try {
      var _ = thread.join(OF_ONE.multipliedBy(TIMES));
    } catch (InterruptedException _) {
      // It goes on by itself.
      Thread.currentThread().interrupt();
    }
    return removed.get();
  }

  /// What was ended may hold the copy for a moment.
  private boolean isRemoved(Copy copy) {
    for (var time = 0; time < TIMES; time++) {
      try (var again = Writing.begin(opening, engine, OF_ONE)) {
        again.use(copy.schema());
        again.run(copy.drop());
        return true;
      } catch (SQLException _) {
        pause();
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
