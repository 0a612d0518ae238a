// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.memory.LeaseOwners;
import dev.plancheck.checks.run.ConnectionSlots.Slot;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionSlotsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /// A tenth of the usual times.
  private static final LeasePool.Timing QUICK =
      new LeasePool.Timing(
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofMillis(1200),
          Duration.ofMillis(100),
          Duration.ofMillis(15));

  private final InstantSource clock = InstantSource.system();
  private final LeaseOwners owners = new LeaseOwners(clock);
  private final ShakyLeases leases = new ShakyLeases(owners.owner());
  private final ConnectionLeases others = owners.owner();
  private final StopSignal stop = new StopSignal();
  private final List<ConnectionSlots> opened = new ArrayList<>();

  @AfterEach
  void close() {
    leases.release();
    leases.failing = false;
    opened.forEach(ConnectionSlots::close);
  }

  @Test
  void asksTheStorageOnceForManyTargetsInARow() throws Exception {
    var slots = open(64, 8, leases);

    for (var target = 0; target < 100; target++) {
      take(slots, "pg").close();
    }

    assertThat(leases.asked).hasValueLessThan(20);
  }

  @Test
  void opensNoMoreThanAllProcessesTogetherMay() throws Exception {
    assertThat(others.tryAcquire("pg", 3)).isPresent();
    var slots = open(64, 3, leases);
    take(slots, "pg");
    take(slots, "pg");

    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> slots.acquire("pg", Duration.ofMillis(300), stop))
        .withMessage("no connection to instances/pg was free within 300 ms: other runs use all 3");
  }

  @Test
  void givesBackWhatNobodyUsesAnyMore() throws Exception {
    var slots = open(64, 2, leases);
    take(slots, "pg").close();
    assertThat(others.tryAcquire("pg", 1)).isEmpty();

    until(() -> others.tryAcquire("pg", 1).isPresent());
  }

  @Test
  void keepsWhatIsUsedForLong() throws Exception {
    var slots = open(64, 1, leases);
    var slot = take(slots, "pg");

    Thread.sleep(1500);

    assertThat(others.tryAcquire("pg", 1)).isEmpty();
    slot.close();
    assertThat(leases.asked).hasValue(1);
  }

  @Test
  void letsTwoProcessesTakeTurnsOnASingleSlot() throws Exception {
    var turns = share(1);

    assertThat(turns).allSatisfy(count -> assertThat(count).isGreaterThan(10));
  }

  @Test
  void letsTwoProcessesShareTheSlotsOfAnInstance() throws Exception {
    var turns = share(4);

    assertThat(turns).allSatisfy(count -> assertThat(count).isGreaterThan(40));
  }

  @Test
  void givesOthersTheirTurnAtTheNextRelease() throws Exception {
    var slots = open(64, 1, leases);
    var slot = take(slots, "pg");
    until(() -> others.tryAcquire("pg", 1).isEmpty());
    Thread.sleep(500);
    assertThat(others.tryAcquire("pg", 1)).isEmpty();

    slot.close();

    until(() -> others.tryAcquire("pg", 1).isPresent());
  }

  @Test
  void dropsALeaseThatWasLost() throws Exception {
    var slots = open(64, 1, leases);
    leases.losing = true;
    var slot = take(slots, "pg");
    Thread.sleep(600);
    leases.losing = false;
    slot.close();

    take(slots, "pg").close();

    assertThat(leases.asked).hasValueGreaterThan(1);
  }

  @Test
  void doesNotUseALeaseThatCouldNotBeRenewedForLong() throws Exception {
    var slots = open(64, 1, leases);
    var slot = take(slots, "pg");
    leases.failing = true;
    Thread.sleep(1500);
    slot.close();

    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> slots.acquire("pg", Duration.ofMillis(300), stop))
        .withMessage(
            "no connection to instances/pg was allowed within 300 ms: the storage that counts them"
                + " does not answer");
  }

  @Test
  void goesOnWhenTheStorageIsBack() throws Exception {
    var slots = open(64, 1, leases);
    leases.failing = true;
    var back =
        Thread.startVirtualThread(() -> {
          quietly(300);
          leases.failing = false;
        });

    take(slots, "pg").close();

    back.join();
    assertThat(leases.asked).hasValueGreaterThan(1);
  }

  @Test
  void waitsForASilentStorageNoLongerThanItMay() {
    var slots = open(64, 1, leases);
    leases.silent = true;

    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> slots.acquire("pg", Duration.ofMillis(1500), stop))
        .withMessageContaining("the storage that counts them does not answer");
  }

  @Test
  void stopsWaitingForASilentStorageWithTheRun() throws Exception {
    var slots = open(64, 1, leases);
    leases.silent = true;
    Thread.startVirtualThread(() -> {
      quietly(200);
      stop.stop(new Reason.Canceled());
    });

    assertThat(slots.acquire("pg", LONG, stop)).isEmpty();
  }

  @Test
  void givesBackWhatASilentStorageGrantedTooLate() throws Exception {
    var slots = open(64, 1, leases);
    leases.silent = true;
    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> slots.acquire("pg", Duration.ofMillis(50), stop));

    leases.release();

    until(() -> others.tryAcquire("pg", 1).isPresent());
  }

  @Test
  void takesNothingFromOthersWhileItWaitsForABusyInstance() throws Exception {
    assertThat(others.tryAcquire("busy", 1)).isPresent();
    var slots = open(1, 1, leases);
    Thread.startVirtualThread(() -> {
      try {
        slots.acquire("busy", LONG, stop);
      } catch (NotPerformedException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    Thread.sleep(100);

    assertThat(slots.acquire("free", LONG, stop)).isPresent();
    stop.stop(new Reason.Canceled());
  }

  @Test
  void givesEverythingBackWhenItCloses() throws Exception {
    var slots = open(64, 3, leases);
    take(slots, "pg");
    take(slots, "pg").close();

    slots.close();

    for (var slot = 0; slot < 3; slot++) {
      assertThat(others.tryAcquire("pg", 3)).isPresent();
    }
  }

  /// Two processes with more to do than they have slots for; the turns that each one got.
  private List<Integer> share(int most) throws Exception {
    var one = open(64, most, leases);
    var two = open(64, most, owners.owner());
    var turns = List.of(new AtomicInteger(), new AtomicInteger());
    var open = new AtomicInteger();
    var tooMany = new AtomicBoolean();
    var end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    try (var threads = new Fanout("share")) {
      for (var number = 0; number < 2 * most; number++) {
        var slots = number % 2 == 0 ? one : two;
        var count = turns.get(number % 2);
        threads.fork(() -> {
          while (System.nanoTime() < end) {
            try (var _ = take(slots, "pg")) {
              tooMany.compareAndSet(false, open.incrementAndGet() > most);
              Thread.sleep(5);
              open.decrementAndGet();
            }
            count.incrementAndGet();
          }
        });
      }
    }
    assertThat(tooMany).isFalse();
    return turns.stream().map(AtomicInteger::get).toList();
  }

  private ConnectionSlots open(int all, int perInstance, ConnectionLeases over) {
    var slots = new ConnectionSlots(all, perInstance, over, clock, QUICK);
    opened.add(slots);
    return slots;
  }

  private Slot take(ConnectionSlots slots, String instance) throws InterruptedException {
    try {
      return slots.acquire(instance, LONG, stop).orElseThrow();
    } catch (NotPerformedException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(10);
    }
  }

  private static void quietly(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
