// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The right to have a connection open: at most so many to one instance, over all processes on the
/// same storage, and so many in all for everything that this process runs. Whoever waits for a busy
/// instance takes nothing from others.
public final class ConnectionSlots implements AutoCloseable {
  private static final Duration LOOK_UP = Duration.ofMillis(200);
  private static final Duration TEND = Duration.ofMillis(100);

  private final int perInstance;
  private final Semaphore all;
  private final ConnectionLeases leases;
  private final InstantSource clock;
  private final LeasePool.Timing timing;
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final Thread tending;

  /// What limits the connections to one instance, here and over all processes.
  private record Instance(Semaphore own, LeasePool pool) {}

  ConnectionSlots(int all, int perInstance, ConnectionLeases leases, InstantSource clock) {
    this(all, perInstance, leases, clock, LeasePool.Timing.DEFAULT);
  }

  ConnectionSlots(
      int all,
      int perInstance,
      ConnectionLeases leases,
      InstantSource clock,
      LeasePool.Timing timing) {
    this.perInstance = perInstance;
    this.all = new Semaphore(all, true);
    this.leases = leases;
    this.clock = clock;
    this.timing = timing;
    this.tending = Thread.ofPlatform().daemon().name("connection leases").start(this::tend);
  }

  /// One connection's right; closing it more than once is a bug.
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for a slot; empty when the signal came first. Throws when the instance's turn had come
  /// in this process but the storage granted no connection within `atMost`.
  public Optional<Slot> acquire(String instance, Duration atMost, StopSignal stop)
      throws NotPerformedException, InterruptedException {
    var limits = instances.computeIfAbsent(instance, this::limits);
    if (!acquire(limits.own, stop)) {
      return Optional.empty();
    }
    Optional<LeasePool.Held> lease = Optional.empty();
    var got = false;
    try {
      lease = lease(limits.pool, atMost, stop);
      got = lease.isPresent() && acquire(all, stop);
    } finally {
      if (!got) {
        lease.ifPresent(limits.pool::giveBack);
        limits.own.release();
      }
    }
    if (!got) {
      return Optional.empty();
    }
    var taken = lease.orElseThrow();
    return Optional.of(() -> {
      all.release();
      limits.pool.giveBack(taken);
      limits.own.release();
    });
  }

  /// Gives all leases back to the storage; there must be no connection any more.
  @Override
  public void close() {
    tending.interrupt();
    instances.values().forEach(instance -> instance.pool.close());
  }

  private Instance limits(String instance) {
    return new Instance(
        new Semaphore(perInstance, true),
        new LeasePool(instance, perInstance, leases, clock, timing));
  }

  private Optional<LeasePool.Held> lease(LeasePool pool, Duration atMost, StopSignal stop)
      throws NotPerformedException, InterruptedException {
    var end = clock.instant().plus(atMost);
    while (!stop.isStopped()) {
      var changed = pool.changed();
      var lease = pool.take();
      if (lease.isPresent()) {
        return lease;
      }
      if (!clock.instant().isBefore(end)) {
        throw new NotPerformedException(pool.cause(atMost));
      }
      Waiter.await(changed, TEND);
    }
    return Optional.empty();
  }

  private static boolean acquire(Semaphore slots, StopSignal stop) throws InterruptedException {
    while (!stop.isStopped()) {
      if (slots.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private void tend() {
    try {
      while (true) {
        Waiter.pause(TEND);
        instances.values().forEach(instance -> instance.pool.tend());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
