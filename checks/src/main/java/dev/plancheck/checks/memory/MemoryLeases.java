// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.run.ConnectionLeases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Slots of instances within one process. Each object is an owner of its own; [#another] gives one
/// more over the same slots, all guarded by the lock of their `Slots`.
final class MemoryLeases implements ConnectionLeases {
  private static final Duration HELD = Duration.ofSeconds(9);
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  /// Who holds what of one instance, and who waits for it until when.
  private record Taken(List<Held> held, Map<MemoryLeases, Instant> wishes) {}

  private record Slots(InstantSource clock, Map<String, Taken> instances) {}

  private final Slots slots;

  MemoryLeases(InstantSource clock) {
    this(new Slots(clock, new HashMap<>()));
  }

  private MemoryLeases(Slots slots) {
    this.slots = slots;
  }

  /// As another process would have it.
  MemoryLeases another() {
    return new MemoryLeases(slots);
  }

  @Override
  public Optional<Lease> tryAcquire(String instance, int most) {
    synchronized (slots) {
      var now = slots.clock.instant();
      var taken =
          slots.instances.computeIfAbsent(
              instance, _ -> new Taken(new ArrayList<>(), new HashMap<>()));
      taken.held.removeIf(lease -> lease.isOver(now));
      if (taken.held.size() >= most) {
        taken.wishes.put(this, now.plus(REMEMBERED));
        return Optional.empty();
      }
      taken.wishes.remove(this);
      var lease = new Held(taken, now.plus(HELD));
      taken.held.add(lease);
      return Optional.of(lease);
    }
  }

  private final class Held implements Lease {
    private final Taken taken;
    private Instant until;

    Held(Taken taken, Instant until) {
      this.taken = taken;
      this.until = until;
    }

    boolean isOver(Instant now) {
      return !now.isBefore(until);
    }

    @Override
    public State renew() {
      synchronized (slots) {
        var now = slots.clock.instant();
        taken.held.removeIf(lease -> lease.isOver(now));
        if (!taken.held.contains(this)) {
          return State.LOST;
        }
        until = now.plus(HELD);
        taken.wishes.values().removeIf(wish -> !now.isBefore(wish));
        return taken.wishes.keySet().stream().anyMatch(owner -> owner != MemoryLeases.this)
            ? State.WANTED
            : State.KEPT;
      }
    }

    @Override
    public void close() {
      synchronized (slots) {
        taken.held.remove(this);
      }
    }
  }
}
