// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static dev.plancheck.targets.mysql.ghost.TruthRig.BOOK;
import static dev.plancheck.targets.mysql.ghost.TruthRig.HARMLESS;
import static dev.plancheck.targets.mysql.ghost.TruthRig.LOSING;
import static dev.plancheck.targets.mysql.ghost.TruthRig.copy;
import static dev.plancheck.targets.mysql.ghost.TruthRig.judge;
import static dev.plancheck.targets.mysql.ghost.TruthRig.judged;
import static dev.plancheck.targets.mysql.ghost.TruthRig.judgedWithCopy;
import static dev.plancheck.targets.mysql.ghost.TruthRig.losses;
import static dev.plancheck.targets.mysql.ghost.TruthRig.parsed;
import static dev.plancheck.targets.mysql.ghost.TruthRig.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.targets.mysql.clone.CopyTrial;
import dev.plancheck.targets.mysql.clone.GhostWithCopy;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a trial on a copy shows of ALTERs, held against what a copy as gh-ost makes it does to rows
/// and values.
final class GhostCopyTruthTest {
  /// Of these a copy shows nothing: the column's values have another name, or none.
  private static final List<String> LOST_UNSEEN =
      List.of(
          "RENAME COLUMN title TO name",
          "DROP COLUMN pages, ADD COLUMN pages bigint",
          "MODIFY twice int");

  @ParameterizedTest
  @EnumSource
  void findsOnACopyWhatIsLost(MysqlServers server) throws Exception {
    var scratch = server.freshDatabase();
    for (var alter : LOSING) {
      var database = server.freshDatabase(BOOK);
      try (var connection = server.connect(database)) {
        var copy = copy(connection, alter);
        var found = judgedWithCopy(connection, server, database, scratch, alter);
        var told = found.stream().map(Finding::content).toList().toString();
        switch (copy) {
          case REFUSED ->
              assertThat(found).extracting(Finding::status).as(alter).contains(Status.ERROR);
          case WHOLE -> assertThat(losses(found)).as(alter).isEmpty();
          case LOST -> {
            assertThat(losses(found)).as(alter).isNotEmpty();
            if (!LOST_UNSEEN.contains(alter)) {
              assertThat(losses(found))
                  .as(alter)
                  .anySatisfy(finding ->
                      assertThat(finding.content()).contains("copied as gh-ost copies them"));
            }
          }
        }
        assertThat(told).as("no value of any row").doesNotContain("same", "Greek", "99999");
        assertThat(found)
            .extracting(Finding::rule)
            .as("%s: %s", alter, told)
            .doesNotContain("ghost.copy-differs", "ghost.copy-left", "ghost.unknown");
      }
    }
    assertThat(server.query("", tablesOf(scratch))).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingOnACopyWhereNothingIsLost(MysqlServers server) throws Exception {
    var scratch = server.freshDatabase();
    for (var alter : HARMLESS) {
      var database = server.freshDatabase(BOOK);
      try (var connection = server.connect(database)) {
        var found = judgedWithCopy(connection, server, database, scratch, alter);
        assertThat(losses(found)).as(alter).isEmpty();
        assertThat(found)
            .extracting(Finding::rule)
            .as("%s: %s", alter, found)
            .noneMatch(rule -> rule.matches("ghost\\.(copy|scratch|unknown|alter|values).*"));
      }
    }
    assertThat(server.query("", tablesOf(scratch))).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource
  void aWholeTableThatArrivesSettlesWhatNoQueryMayAsk(MysqlServers server) throws Exception {
    var scratch = server.freshDatabase();
    var alter = "ADD CONSTRAINT positive CHECK (pages > 0)";
    var database = server.freshDatabase(BOOK);
    server.execute(database, "DELETE FROM book WHERE id > 1");
    try (var connection = server.connect(database)) {
      var found = judgedWithCopy(connection, server, database, scratch, alter);

      assertThat(losses(found)).isEmpty();
      // Both versions of MySQL read a CHECK and forget it.
      if (server == MysqlServers.MARIADB) {
        assertThat(losses(judge(connection, server, database, alter, true))).isNotEmpty();
        assertThat(found).extracting(Finding::rule).contains("ghost.no-such-row");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSheetWithASecondStatementMakesNothing(MysqlServers server) throws Exception {
    var database = server.freshDatabase(BOOK);
    for (var sheet :
        List.of(
            "ALTER TABLE book ADD n int; DROP TABLE book",
            "ALTER TABLE book ADD n int; ALTER TABLE book ADD m int",
            "DROP TABLE book")) {
      assertThat(GhostExecutor.table(parsed(server, 8, 0, sheet))).isEmpty();
    }
    for (var alter :
        List.of(
            "RENAME TO tome",
            "ENGINE = MyISAM",
            "ADD n int /*!50000 , ADD m int */",
            "ADD FOREIGN KEY (pages) REFERENCES book (id)")) {
      try (var connection = server.connect(database)) {
        var opened = new AtomicInteger();
        var reading = reading(connection, server, true);
        var trial =
            new CopyTrial(
                database,
                server.engine(),
                () -> {
                  opened.incrementAndGet();
                  throw new SQLException("not to be opened");
                });
        var _ =
            judged(
                connection,
                server,
                database,
                alter,
                new GhostWithCopy(reading, trial, TruthRig::canceled));
        assertThat(opened).as(alter).hasValue(0);
      }
    }
  }

  private static String tablesOf(String database) {
    return "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '%s'"
        .formatted(database);
  }
}
