// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// However a trial ends, its copy is gone.
@Timeout(60)
final class CopyTrialEndsTest {
  private static final String BOOK = "CREATE TABLE book (id int PRIMARY KEY, title varchar(40))";

  /// Takes the server many seconds for 4,000 rows.
  private static final TrialOrder SLOW =
      new TrialOrder(
          "",
          "book",
          "ADD COLUMN slow varchar(200) AS (SHA2(REPEAT(SHA2(REPEAT(title, 1000000), 512), 30000),"
              + " 512)) STORED",
          false,
          List.of("id", "title"),
          10_000);

  @ParameterizedTest
  @EnumSource
  void afterARefusal(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);

    var trial = rig.tried(CopyRig.order(database, "ADD KEY by_title (title(90))", "id"));

    assertThat(trial.outcome())
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.error()).isEqualTo(1089);
              assertThat(refused.message()).doesNotContain("_plancheck_", "conn=");
            });
    assertThat(trial.left()).isEmpty();
    assertThat(rig.left()).isEmpty();
    assertThat(rig.tried(CopyRig.order(database, "ADD FROBNICATE", "id")).outcome())
        .isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  void afterItsTimeAndThenItIsNoSuccess(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = manyRows(server);
    var begun = System.nanoTime();

    var trial = rig.trial(Duration.ofSeconds(2)).of(in(database));

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    assertThat(isUntold(trial)).as("%s", trial).isTrue();
    assertThat(trial.left()).isEmpty();
    assertThat(rig.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void afterACancel(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = manyRows(server);
    var trial = rig.trial(Duration.ofSeconds(30));
    var told = new CompletableFuture<Trial>();

    var thread = Thread.ofVirtual().start(() -> told.complete(trial.of(in(database))));
    awaitACopy(rig);
    trial.cancel();

    assertThat(isUntold(told.get(20, TimeUnit.SECONDS))).isTrue();
    thread.join();
    assertThat(trial.isCanceled()).isTrue();
    assertThat(rig.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void afterAnInterrupt(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = manyRows(server);
    var trial = rig.trial(Duration.ofSeconds(30));

    var thread = Thread.ofVirtual().start(() -> trial.of(in(database)));
    awaitACopy(rig);
    trial.cancel();
    thread.interrupt();
    thread.join();

    var end = Instant.now().plusSeconds(20);
    while (!rig.left().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(200);
    }
    assertThat(rig.left()).isEmpty();
  }

  private static void awaitACopy(CopyRig rig) throws Exception {
    var end = Instant.now().plusSeconds(10);
    while (rig.left().isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    assertThat(rig.left()).isNotEmpty();
    Thread.sleep(500);
  }

  /// Without a word about rows, or about all of it.
  private static boolean isUntold(Trial trial) {
    return switch (trial.outcome()) {
      case Outcome.Untold _ -> true;
      case Outcome.Altered altered -> altered.copied() instanceof Copied.Untold;
      case Outcome.Skipped _, Outcome.NoScratch _, Outcome.NoRight _, Outcome.Refused _ -> false;
    };
  }

  private static TrialOrder in(String database) {
    return new TrialOrder(
        database, SLOW.table(), SLOW.body(), SLOW.findsAlgorithm(), SLOW.columns(), SLOW.rows());
  }

  private static String manyRows(MysqlServers server) throws Exception {
    return server.freshDatabase(
        BOOK,
        "INSERT INTO book VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
        "INSERT INTO book SELECT a.id + 4 * b.id + 16 * c.id + 64 * d.id + 256 * e.id + 1024 *"
            + " f.id, a.title FROM book a, book b, book c, book d, book e, book f");
  }

  @ParameterizedTest
  @EnumSource
  void withoutRightsNothingIsBegun(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    var user = rig.user();
    server.execute("", "GRANT SELECT ON %s.* TO '%s'@'%%'".formatted(database, user));

    assertThat(rig.trialAs(user).of(CopyRig.order(database, "ADD n int", "id")).outcome())
        .isInstanceOfSatisfying(
            Outcome.NoRight.class,
            missing ->
                assertThat(missing.grant())
                    .isEqualTo(
                        "GRANT SELECT, INSERT, CREATE, ALTER, INDEX, DROP ON `%s`.* TO `%s`@`%%`"
                            .formatted(rig.scratch(), user)));
    // Whoever could make a copy, and not remove it, makes none.
    server.execute("", "GRANT CREATE, ALTER ON %s.* TO '%s'@'%%'".formatted(rig.scratch(), user));
    assertThat(rig.trialAs(user).of(CopyRig.order(database, "ADD n int", "id")).outcome())
        .isInstanceOf(Outcome.NoRight.class);
    assertThat(rig.left()).isEmpty();
    server.execute(
        "",
        "GRANT SELECT, INSERT, CREATE, ALTER, INDEX, DROP ON `%s`.* TO '%s'@'%%'"
            .formatted(rig.scratch(), user));
    assertThat(rig.trialAs(user).of(CopyRig.order(database, "ADD n int", "id")).outcome())
        .isInstanceOf(Outcome.Altered.class);
    assertThat(rig.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void withoutAScratchDatabaseNothingIsBegun(MysqlServers server) throws Exception {
    var database = server.freshDatabase(BOOK);
    var nowhere =
        new CopyRig(server, "nowhere", new java.util.concurrent.atomic.AtomicReference<>(""));

    assertThat(nowhere.tried(CopyRig.order(database, "ADD n int", "id")).outcome())
        .isEqualTo(new Outcome.NoScratch("nowhere"));
  }

  @ParameterizedTest
  @EnumSource
  void manyPartitionsAreLeftAlone(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK + " PARTITION BY HASH (id) PARTITIONS 101");

    assertThat(rig.tried(CopyRig.order(database, "ADD n int", "id")).outcome())
        .isEqualTo(new Outcome.Skipped("the table has 101 partitions (expected: at most 100)"));
  }

  @ParameterizedTest
  @EnumSource
  void whatAnEarlierTrialLeftIsRemovedAnHourLater(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    var now = Long.parseLong(server.query("", "SELECT UNIX_TIMESTAMP()"));
    var young = name(now - 3_500, "0000000000000001");
    for (var name :
        List.of(
            name(now - 3_700, "0000000000000001"),
            name(now - 9_999, "00000000000000ff"),
            young,
            name(now - 3_700, "000000000000000G"),
            name(now - 3_700, "00000000000000001"),
            "_plancheck_",
            "book")) {
      server.execute(rig.scratch(), "CREATE TABLE `%s` (id int)".formatted(name));
    }

    assertThat(rig.tried(CopyRig.order(database, "ADD n int", "id")).left()).isEmpty();

    assertThat(rig.left())
        .containsExactlyInAnyOrder(
            young,
            name(now - 3_700, "000000000000000G"),
            name(now - 3_700, "00000000000000001"),
            "_plancheck_",
            "book");
  }

  private static String name(long second, String random) {
    return "_plancheck_%010d_%s".formatted(second, random);
  }
}
