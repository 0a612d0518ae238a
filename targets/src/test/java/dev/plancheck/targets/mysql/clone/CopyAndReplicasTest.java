// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import dev.plancheck.targets.mysql.servers.ReplicaPair;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A copy on a primary never ends the replication of those that have no scratch database.
final class CopyAndReplicasTest {
  private static final TrialOrder ORDER =
      new TrialOrder("shop", "book", "ADD COLUMN note text", true, List.of("id"), 10);

  @ParameterizedTest
  @EnumSource
  void replicasHearNothingWhereTheUserMaySwitchTheBinaryLogOff(MysqlServers kind) throws Exception {
    try (var pair = ReplicaPair.start(kind)) {
      var primary = pair.primary();
      execute(primary, "CREATE DATABASE shop", "CREATE TABLE shop.book (id int PRIMARY KEY)");
      execute(primary, "SET sql_log_bin = 0", "CREATE DATABASE scratch");

      assertThat(tried(primary, kind.engine(), primary.user(), primary.password()).outcome())
          .isInstanceOf(Outcome.Altered.class);

      assertReplicates(pair);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replicasThatLeaveTheScratchDatabaseOutGoOn(MysqlServers kind) throws Exception {
    try (var pair = ReplicaPair.start(kind, Map.of("replicate_ignore_db", "scratch"))) {
      var primary = pair.primary();
      var identified =
          kind == MysqlServers.MARIADB
              ? "IDENTIFIED BY 'secret'"
              : "IDENTIFIED WITH mysql_native_password BY 'secret'";
      execute(
          primary,
          "CREATE DATABASE shop",
          "CREATE TABLE shop.book (id int PRIMARY KEY)",
          "INSERT INTO shop.book VALUES (1), (2)",
          "CREATE DATABASE scratch",
          "CREATE USER 'maker'@'%' " + identified,
          "GRANT SELECT ON shop.* TO 'maker'@'%'",
          "GRANT SELECT, INSERT, CREATE, ALTER, INDEX, DROP ON scratch.* TO 'maker'@'%'");
      var before = position(primary);

      var trial = tried(primary, kind.engine(), "maker", "secret");

      assertThat(trial.outcome()).isInstanceOf(Outcome.Altered.class);
      assertThat(trial.left()).isEmpty();
      assertThat(position(primary)).as("it is in the binary log").isNotEqualTo(before);
      assertReplicates(pair);
    }
  }

  private static Trial tried(MysqlServer server, Engine engine, String user, String password) {
    var url =
        "jdbc:mariadb://%s:%d/?sslMode=disable&allowPublicKeyRetrieval=true"
            .formatted(server.host(), server.port());
    return new CopyTrial("scratch", engine, () -> DriverManager.getConnection(url, user, password))
        .of(ORDER);
  }

  private static void assertReplicates(ReplicaPair pair) throws Exception {
    execute(pair.primary(), "INSERT INTO shop.book VALUES (77)");
    pair.catchUp();
    try (var connection = pair.replica().connect("")) {
      assertThat(CopyRig.query(connection, "SELECT COUNT(*) FROM shop.book WHERE id = 77"))
          .containsExactly("1");
    }
  }

  private static String position(MysqlServer server) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW MASTER STATUS")) {
      return rows.next() ? rows.getString(1) + rows.getString(2) : "none";
    }
  }

  private static void execute(MysqlServer server, String... statements) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
