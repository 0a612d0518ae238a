// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static dev.plancheck.targets.mysql.ghost.TruthRig.BOOK;
import static dev.plancheck.targets.mysql.ghost.TruthRig.HARMLESS;
import static dev.plancheck.targets.mysql.ghost.TruthRig.LOSING;
import static dev.plancheck.targets.mysql.ghost.TruthRig.copy;
import static dev.plancheck.targets.mysql.ghost.TruthRig.judge;
import static dev.plancheck.targets.mysql.ghost.TruthRig.losses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.targets.mysql.ghost.TruthRig.Copy;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import dev.plancheck.targets.mysql.servers.ReplicaPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said of an ALTER, held against what a copy as gh-ost makes it (INSERT IGNORE of the
/// shared columns into the altered clone, in gh-ost's sql_mode) really does to rows and values.
final class GhostTruthTest {
  private static final Pattern QUERY = Pattern.compile("`(SELECT .* LIMIT 1(?:, 1)?)`");

  private static final List<String> SAFE_FOR_THE_FIRST_ROW =
      List.of(
          "ADD UNIQUE KEY u (title)",
          "ADD UNIQUE KEY u (pages, title(3))",
          "ADD COLUMN n int NOT NULL DEFAULT 0 UNIQUE",
          "MODIFY title varchar(40) CHARACTER SET utf8mb4 NOT NULL",
          "MODIFY title varchar(10) CHARACTER SET utf8mb4",
          "MODIFY title varchar(40) CHARACTER SET latin1",
          "MODIFY pages smallint",
          "MODIFY pages int unsigned",
          "MODIFY price decimal(5,2)",
          "MODIFY kind enum('novel') NOT NULL",
          "MODIFY seen timestamp NOT NULL DEFAULT '2000-01-01'",
          "MODIFY code varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL");

  @ParameterizedTest
  @EnumSource
  void isAnErrorJustWhereGhostsCopyLosesAnything(MysqlServers server) throws Exception {
    var lost = 0;
    for (var alter : LOSING) {
      var database = server.freshDatabase(BOOK);
      try (var connection = server.connect(database)) {
        var copy = copy(connection, alter);
        var found = losses(judge(connection, server, database, alter, false));
        switch (copy) {
          // Such as RENAME COLUMN on a server that does not know it.
          case REFUSED -> {}
          // Such as a CHECK that the server reads and forgets.
          case WHOLE -> assertThat(found).as(alter).isEmpty();
          case LOST -> {
            lost++;
            assertThat(found).as(alter).isNotEmpty();
            assertThat(losses(judge(connection, server, database, alter, true)))
                .as("%s, with a look at the data", alter)
                .isNotEmpty();
            assertThat(isFoundByAQuery(connection, found)).as("%s: %s", alter, found).isTrue();
          }
        }
      }
    }
    assertThat(lost).isGreaterThanOrEqualTo(LOSING.size() - 3);
  }

  @ParameterizedTest
  @EnumSource
  void isNoErrorWhereTheCopyIsWhole(MysqlServers server) throws Exception {
    for (var alter : HARMLESS) {
      var database = server.freshDatabase(BOOK);
      try (var connection = server.connect(database)) {
        assertThat(copy(connection, alter)).as(alter).isEqualTo(Copy.WHOLE);
        assertThat(losses(judge(connection, server, database, alter, false))).as(alter).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNoErrorWhereTheDataShowsThatNothingIsLost(MysqlServers server) throws Exception {
    for (var alter : SAFE_FOR_THE_FIRST_ROW) {
      var database = server.freshDatabase(BOOK);
      server.execute(database, "DELETE FROM book WHERE id > 1");
      try (var connection = server.connect(database)) {
        assertThat(copy(connection, alter)).as(alter).isEqualTo(Copy.WHOLE);
        assertThat(losses(judge(connection, server, database, alter, false)))
            .as(alter)
            .isNotEmpty();
        var found = judge(connection, server, database, alter, true);
        assertThat(losses(found)).as(alter).isEmpty();
        assertThat(found).extracting(Finding::rule).as(alter).contains("ghost.no-such-row");
      }
    }
  }

  /// The queries that findings name must find something here; some have none to name.
  private static boolean isFoundByAQuery(Connection connection, List<Finding> findings)
      throws SQLException {
    for (var finding : findings) {
      var query = QUERY.matcher(finding.content());
      if (!query.find()) {
        return true;
      }
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(query.group(1))) {
        if (rows.next()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void findsAServerThatGhostCannotUse() throws Exception {
    var config =
        MysqlServers.MYSQL_80
            .config("filtered")
            .withOption("binlog-format", "MIXED")
            .withOption("binlog-ignore-db", "shop");
    try (var server = MysqlServer.start(config);
        var connection = server.connect("")) {
      try (var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE shop");
        statement.execute("CREATE TABLE shop.book (id int PRIMARY KEY)");
      }
      connection.setCatalog("shop");

      assertThat(judge(connection, MysqlServers.MYSQL_80, "shop", "ADD COLUMN note text", true))
          .extracting(Finding::rule)
          .containsExactly("ghost.binlog-format", "ghost.binlog-filter");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_80", "MARIADB"})
  void tellsAPrimaryFromItsReplica(MysqlServers kind) throws Exception {
    try (var pair = ReplicaPair.start(kind);
        var primary = pair.primary().connect("");
        var replica = pair.replica().connect("")) {
      try (var statement = primary.createStatement()) {
        statement.execute("CREATE DATABASE shop");
        statement.execute("CREATE TABLE shop.book (id int PRIMARY KEY)");
      }
      pair.catchUp();
      primary.setCatalog("shop");
      replica.setCatalog("shop");

      assertThat(judge(primary, kind, "shop", "ADD COLUMN note text", true))
          .extracting(Finding::rule)
          .doesNotContain("ghost.replica", "ghost.unknown");
      assertThat(judge(replica, kind, "shop", "ADD COLUMN note text", true))
          .extracting(Finding::rule)
          .contains("ghost.replica")
          .doesNotContain("ghost.replica-broken", "ghost.log-replica-updates", "ghost.unknown");
      try (var statement = replica.createStatement()) {
        statement.execute("STOP SLAVE");
      }
      assertThat(judge(replica, kind, "shop", "ADD COLUMN note text", true))
          .extracting(Finding::rule)
          .contains("ghost.replica-broken");
    }
  }
}
