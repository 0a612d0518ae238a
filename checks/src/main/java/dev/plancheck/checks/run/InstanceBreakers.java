// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One breaker for each instance, shared by all runs of this process.
final class InstanceBreakers {
  private final InstantSource clock;
  private final Map<String, InstanceBreaker> breakers = new ConcurrentHashMap<>();

  InstanceBreakers(InstantSource clock) {
    this.clock = clock;
  }

  InstanceBreaker of(String instance) {
    return breakers.computeIfAbsent(instance, id -> new InstanceBreaker(id, clock));
  }
}
