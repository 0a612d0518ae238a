// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.run.ConnectionLeases;
import java.time.InstantSource;

/// Leases in memory as several processes share them.
public final class LeaseOwners {
  private final MemoryLeases first;

  public LeaseOwners(InstantSource clock) {
    this.first = new MemoryLeases(clock);
  }

  /// One more process.
  public ConnectionLeases owner() {
    return first.another();
  }
}
