// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.ConnectionLeases.Lease;
import dev.plancheck.checks.run.ConnectionLeases.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [ConnectionLeases] does, as two processes see it.
public abstract class ConnectionLeasesContract {
  private ConnectionLeases one;
  private ConnectionLeases two;

  /// The ports of two processes over one and the same storage, without leases at first.
  public record Owners(ConnectionLeases one, ConnectionLeases two) {}

  protected abstract Owners open() throws Exception;

  /// Lets time pass for all leases and wishes that there are.
  protected abstract void pass(Duration time) throws Exception;

  @BeforeEach
  final void openOwners() throws Exception {
    var owners = open();
    one = owners.one();
    two = owners.two();
  }

  @Test
  void givesSoManySlotsOverAllOwners() {
    take(one, 2, 3);
    take(two, 1, 3);

    assertThat(one.tryAcquire("pg", 3)).isEmpty();
    assertThat(two.tryAcquire("pg", 3)).isEmpty();
  }

  @Test
  void countsEachInstanceOnItsOwn() {
    take(one, 3, 3);

    assertThat(two.tryAcquire("other", 3)).isPresent();
  }

  @Test
  void givesNeverMoreWhenAllAskAtOnce() throws InterruptedException {
    for (var round = 0; round < 10; round++) {
      var granted = Collections.synchronizedList(new ArrayList<Lease>());
      Parallel.run(
          8, number -> (number % 2 == 0 ? one : two).tryAcquire("pg", 5).ifPresent(granted::add));

      assertThat(granted).hasSize(5);
      granted.forEach(Lease::close);
    }
  }

  @Test
  void givesASlotAgainThatWasGivenBack() {
    var leases = take(one, 3, 3);

    leases.get(1).close();

    assertThat(two.tryAcquire("pg", 3)).isPresent();
    assertThat(two.tryAcquire("pg", 3)).isEmpty();
  }

  @Test
  void givesASlotAgainThatWasNotRenewedForFifteenSeconds() throws Exception {
    var leases = take(one, 3, 3);
    pass(Duration.ofSeconds(8));
    assertThat(two.tryAcquire("pg", 3)).isEmpty();

    pass(Duration.ofSeconds(2));

    take(two, 3, 3);
    assertThat(leases).extracting(Lease::renew).containsOnly(State.LOST);
  }

  @Test
  void givesNothingOfAnotherOwnerBackWithALostLease() throws Exception {
    var lost = take(one, 1, 1).getFirst();
    pass(Duration.ofSeconds(16));
    var held = take(two, 1, 1).getFirst();

    lost.close();

    assertThat(one.tryAcquire("pg", 1)).isEmpty();
    assertThat(held.renew()).isNotEqualTo(State.LOST);
  }

  @Test
  void keepsWhatIsRenewed() throws Exception {
    var lease = take(one, 1, 1).getFirst();
    for (var times = 0; times < 4; times++) {
      pass(Duration.ofSeconds(6));

      assertThat(lease.renew()).isEqualTo(State.KEPT);
    }
    assertThat(two.tryAcquire("pg", 1)).isEmpty();
  }

  @Test
  void tellsTheHoldersThatAnotherOwnerWaits() {
    var leases = take(one, 2, 2);
    var elsewhere = one.tryAcquire("other", 2).orElseThrow();
    assertThat(leases).extracting(Lease::renew).containsOnly(State.KEPT);

    assertThat(two.tryAcquire("pg", 2)).isEmpty();

    assertThat(leases).extracting(Lease::renew).containsOnly(State.WANTED);
    assertThat(elsewhere.renew()).isEqualTo(State.KEPT);
  }

  @Test
  void doesNotTellAnOwnerOfItsOwnWish() {
    var leases = take(one, 2, 2);

    assertThat(one.tryAcquire("pg", 2)).isEmpty();

    assertThat(leases).extracting(Lease::renew).containsOnly(State.KEPT);
  }

  @Test
  void forgetsAWishThatWasGranted() {
    var leases = take(one, 2, 2);
    assertThat(two.tryAcquire("pg", 2)).isEmpty();
    leases.getFirst().close();

    assertThat(two.tryAcquire("pg", 2)).isPresent();

    assertThat(leases.getLast().renew()).isEqualTo(State.KEPT);
  }

  @Test
  void forgetsAWishThatIsNotRepeated() throws Exception {
    var lease = take(one, 1, 1).getFirst();
    assertThat(two.tryAcquire("pg", 1)).isEmpty();
    assertThat(lease.renew()).isEqualTo(State.WANTED);

    pass(Duration.ofSeconds(6));

    assertThat(lease.renew()).isEqualTo(State.KEPT);
  }

  /// `count` slots of `most`, which must be free.
  private static List<Lease> take(ConnectionLeases owner, int count, int most) {
    var leases = new ArrayList<Lease>();
    while (leases.size() < count) {
      leases.add(owner.tryAcquire("pg", most).orElseThrow());
    }
    return leases;
  }
}
