// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.ConnectionLeasesContract;
import java.time.Duration;
import java.time.Instant;

final class MemoryLeasesTest extends ConnectionLeasesContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  protected Owners open() {
    var one = new MemoryLeases(clock);
    return new Owners(one, one.another());
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
