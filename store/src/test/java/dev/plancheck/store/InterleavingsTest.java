// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever users, workers and the fold do to one plan, in whatever order and from however many
/// programs, the record stays true. Each life is repeatable by its seed but for the order in which
/// the database lets two callers in.
final class InterleavingsTest {
  private static final int LIVES = 250;
  private static final int STEPS = 30;

  /// So small that results overflow their row.
  private static final long BUDGET = 700;

  private static StorageConfig config;
  private static Storage here;
  private static Storage there;

  @BeforeAll
  static void open() throws SQLException {
    config = MetadataCluster.newest().emptyDatabase().withPoolSize(4).withResultBudget(BUDGET);
    here = Storage.open(config);
    there = Storage.open(config);
  }

  @AfterAll
  static void close() {
    here.close();
    there.close();
  }

  @Test
  void oneAfterTheOther() throws Exception {
    var before = done();
    for (var seed = 0; seed < LIVES; seed++) {
      var random = new Random(seed);
      try (var life = new RunLife(seed, config, here, there)) {
        for (var step = 0; step < STEPS; step++) {
          life.step(random.nextBoolean(), life.next());
          life.check(step);
        }
        life.end();
      }
    }
    assertThat(done()).as("attempts that came to their end").isGreaterThan(before + LIVES / 2);
  }

  @Test
  void twoAtOnce() throws Exception {
    for (var seed = 0; seed < LIVES / 2; seed++) {
      try (var life = new RunLife(10_000 + seed, config, here, there)) {
        for (var step = 0; step < STEPS / 2; step++) {
          life.together(life.next(), life.next());
          life.check(step);
        }
        life.end();
      }
    }
  }

  private static long done() throws SQLException {
    return MetadataCluster.number(
        config, "select count(*) from plancheck.plan_check_run_log where kind = 'DONE'");
  }
}
