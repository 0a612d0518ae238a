// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Jdbi;

/// The database's time, without asking it each time: replicas agree on what is due and who is dead
/// though their own clocks differ. Safe for use by several threads.
final class DatabaseClock implements Clock {
  private final Jdbi jdbi;
  private final InstantSource own = InstantSource.system();
  private volatile Duration ahead = Duration.ZERO;

  /// Asks the database once.
  DatabaseClock(Jdbi jdbi) {
    this.jdbi = jdbi;
    set();
  }

  /// Compares both clocks anew.
  void set() {
    var before = own.instant();
    var there =
        jdbi.withHandle(handle ->
                handle.createQuery("select clock_timestamp()").mapTo(OffsetDateTime.class).one())
            .toInstant();
    var here = before.plus(Duration.between(before, own.instant()).dividedBy(2));
    ahead = Duration.between(here, there);
  }

  @Override
  public Instant now() {
    return own.instant().plus(ahead);
  }
}
