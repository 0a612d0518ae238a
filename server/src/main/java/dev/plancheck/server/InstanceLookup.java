// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instances;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Instances as those look them up who open many databases of each: storage is asked for one at
/// most once a second, and anew after it was changed on this server; and while storage does not
/// answer it is asked again for some time, because its trouble is not that of the databases to be
/// checked.
final class InstanceLookup implements Function<String, Optional<Instance>> {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceLookup.class);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private record Known(Optional<Instance> instance, Instant asked) {}

  private final Instances instances;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  InstanceLookup(Instances instances, InstantSource clock) {
    this.instances = instances;
    this.clock = clock;
  }

  /// Throws what storage threw last, when it gave no answer for a minute or the thread is
  /// interrupted.
  @Override
  public Optional<Instance> apply(String id) {
    var now = clock.instant();
    var last = known.get(id);
    if (last != null && now.isBefore(last.asked().plus(FRESH))) {
      return last.instance();
    }
    var before = changes.get();
    var found = insist(id, now.plus(PATIENCE));
    // What was read while an instance changed may be how it was before.
    known.compute(id, (_, kept) -> changes.get() == before ? new Known(found, now) : kept);
    return found;
  }

  /// Whoever opens a database of the instance from now on gets it as it is stored then.
  void forget(String id) {
    changes.incrementAndGet();
    known.remove(id);
  }

  private Optional<Instance> insist(String id, Instant end) {
    while (true) {
      try {
        return instances.get(id);
      } catch (RuntimeException e) {
        if (clock.instant().isAfter(end) || !pause()) {
          throw e;
        }
        LOG.warn("instances/{} could not be looked up, asking again: {}", id, e.getMessage());
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
