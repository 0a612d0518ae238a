// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever people and workers do to one rollout, in whatever order and from however many programs:
/// what is said of each database is true. Each life is repeatable by its seed but for the order in
/// which the database lets two callers in.
final class RolloutInterleavingsTest {
  private static final int LIVES = 60;
  private static final int STEPS = 40;

  private static Storage here;
  private static Storage there;

  @BeforeAll
  static void open() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase().withPoolSize(4);
    here = Storage.open(config);
    there = Storage.open(config);
  }

  @AfterAll
  static void close() {
    here.close();
    there.close();
  }

  @Test
  void oneAfterTheOther() {
    for (var seed = 0; seed < LIVES; seed++) {
      var random = new Random(seed);
      var life = new RolloutLife(seed, here, there);
      for (var step = 0; step < STEPS; step++) {
        life.step(random.nextBoolean(), life.next());
        life.check(step);
      }
      life.end();
    }
  }

  @Test
  void twoAtOnce() throws InterruptedException {
    for (var seed = 0; seed < LIVES; seed++) {
      var life = new RolloutLife(10_000 + seed, here, there);
      for (var step = 0; step < STEPS / 2; step++) {
        life.together(life.next(), life.next());
        life.check(step);
      }
      life.end();
    }
  }
}
