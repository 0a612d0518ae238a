// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;

/// The schedulers of a queue: one for work that takes long, one for everything else, so that the
/// former never keeps the latter waiting. The connections are theirs alone.
record SchedulerPair(HikariDataSource pool, Scheduler work, Scheduler chores) {
  void start() {
    work.start();
    chores.start();
  }

  /// `leave` tells what is worked on to stop; it is due for others when this returns.
  void stop(Runnable leave) {
    work.pause();
    chores.pause();
    leave.run();
    try {
      work.stop();
      chores.stop();
    } finally {
      pool.close();
    }
  }
}
