// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.ConnectionLeases.Lease;
import dev.plancheck.checks.run.ConnectionLeases.State;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The limit of connections to an instance, which two programs share.
final class PostgresLeasesTest {
  private Storage other;
  private ConnectionLeases here;
  private ConnectionLeases there;

  @BeforeEach
  void open() throws SQLException {
    var _ = MetadataCluster.newest().emptyPorts();
    here = MetadataCluster.newest().storage().leases();
    other = Storage.open(MetadataCluster.newest().shared().withPoolSize(4));
    there = other.leases();
  }

  @AfterEach
  void close() {
    other.close();
  }

  @Test
  void givesAsManyAsAllowedOverBothPrograms() {
    var first = here.tryAcquire("pg", 2);
    var second = there.tryAcquire("pg", 2);

    assertThat(first).isPresent();
    assertThat(second).isPresent();
    assertThat(here.tryAcquire("pg", 2)).isEmpty();
    assertThat(there.tryAcquire("pg", 2)).isEmpty();
    assertThat(here.tryAcquire("other", 2)).isPresent();
    first.get().close();
    assertThat(there.tryAcquire("pg", 2)).isPresent();
  }

  @Test
  void neverGivesMoreThoughManyAskAtOnce() throws Exception {
    var held = new ConcurrentLinkedQueue<Lease>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<?>>();
      for (var caller = 0; caller < 24; caller++) {
        var leases = caller % 2 == 0 ? here : there;
        asked.add(threads.submit(() -> leases.tryAcquire("pg", 8).ifPresent(held::add)));
      }
      for (var call : asked) {
        call.get();
      }
    }
    assertThat(held).hasSize(8);
    assertThat(held).allSatisfy(lease -> assertThat(lease.renew()).isNotEqualTo(State.LOST));
  }

  @Test
  void tellsWhoHoldsOneThatSomebodyWaitsUntilNobodyDoes() {
    var held = here.tryAcquire("pg", 1).orElseThrow();
    assertThat(held.renew()).isEqualTo(State.KEPT);

    assertThat(there.tryAcquire("pg", 1)).isEmpty();
    assertThat(held.renew()).isEqualTo(State.WANTED);

    held.close();
    var taken = there.tryAcquire("pg", 1).orElseThrow();
    assertThat(taken.renew()).isEqualTo(State.KEPT);
    assertThat(held.renew()).isEqualTo(State.LOST);
    held.close();
    assertThat(taken.renew()).isEqualTo(State.KEPT);
  }

  @Test
  void forgetsAWishAfterAWhile() throws SQLException {
    var held = here.tryAcquire("pg", 1).orElseThrow();
    assertThat(there.tryAcquire("pg", 1)).isEmpty();
    pass("connection_wish");
    assertThat(held.renew()).isEqualTo(State.KEPT);
  }

  @Test
  void whatIsNotRenewedIsFreeAgainAndLost() throws SQLException {
    var dead = here.tryAcquire("pg", 1).orElseThrow();
    pass("connection_lease");

    var taken = there.tryAcquire("pg", 1);

    assertThat(taken).isPresent();
    assertThat(dead.renew()).isEqualTo(State.LOST);
    dead.close();
    assertThat(taken.get().renew()).isEqualTo(State.KEPT);
  }

  @Test
  void aSmallerLimitHoldsAsSoonAsSlotsAreGivenBack() {
    var all = new ArrayList<Lease>();
    for (var count = 0; count < 4; count++) {
      all.add(here.tryAcquire("pg", 4).orElseThrow());
    }
    assertThat(there.tryAcquire("pg", 2)).isEmpty();
    all.forEach(Lease::close);
    assertThat(there.tryAcquire("pg", 2)).isPresent();
    assertThat(there.tryAcquire("pg", 2)).isPresent();
    assertThat(there.tryAcquire("pg", 2)).isEmpty();
  }

  /// As long as everything in the table lives.
  private static void pass(String table) throws SQLException {
    MetadataCluster.execute(
        MetadataCluster.newest().shared(),
        "update plancheck.%s set until = clock_timestamp() - interval '1 ms'".formatted(table));
  }
}
