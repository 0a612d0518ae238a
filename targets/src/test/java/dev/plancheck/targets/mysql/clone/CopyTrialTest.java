// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.Trial.Warned;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.Work;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Trials of an ALTER on each kind of server, and that they leave nothing behind.
final class CopyTrialTest {
  private static final String[] BOOK = {
    """
    CREATE TABLE book (id int NOT NULL PRIMARY KEY, title varchar(40), pages int, \
    twice int AS (pages * 2) STORED, UNIQUE KEY by_title (title))\
    """,
    "INSERT INTO book (id, title, pages) VALUES (1, 'a', 7), (2, 'b', 7), (3, NULL, NULL)"
  };

  @ParameterizedTest
  @EnumSource
  void tellsHowTheServerDoesIt(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    var old = server == MysqlServers.MYSQL_57;

    assertThat(algorithm(rig, database, "ADD COLUMN note text"))
        .isEqualTo(old ? Algorithm.INPLACE : Algorithm.INSTANT);
    assertThat(algorithm(rig, database, "ADD KEY by_pages (pages)"))
        .isEqualTo(server == MysqlServers.MARIADB ? Algorithm.NOCOPY : Algorithm.INPLACE);
    assertThat(algorithm(rig, database, "MODIFY pages bigint")).isEqualTo(Algorithm.COPY);
    assertThat(algorithm(rig, database, "ALGORITHM=COPY, ADD COLUMN note text", false)).isNull();
    assertThat(rig.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsColumnsAndKeysOfTheAlteredCopy(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);

    var altered =
        rig.altered(
            CopyRig.order(
                database,
                "DROP KEY by_title, ADD UNIQUE KEY u (pages, id), MODIFY twice int",
                "id"));

    assertThat(altered.columns())
        .extracting(Column::name)
        .containsExactly("id", "title", "pages", "twice");
    assertThat(altered.columns()).noneMatch(Column::generated);
    assertThat(altered.keys())
        .contains(new TableKey("u", true, List.of("pages", "id"), false))
        .noneMatch(key -> key.name().equals("by_title"));
  }

  @ParameterizedTest
  @EnumSource
  void copiesRowsAndCountsWhatIsLost(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);

    var lost = rows(rig, CopyRig.order(database, "ADD UNIQUE KEY u (pages)", "id", "pages"));
    assertThat(lost.arrived()).isEqualTo(2);
    assertThat(lost.warnings()).isEqualTo(new TreeMap<>(java.util.Map.of(warned(1062), 1L)));
    assertThat(lost.isWhole()).isFalse();

    var whole = rows(rig, CopyRig.order(database, "ADD COLUMN note text", "id", "title"));
    assertThat(whole.isWhole()).isTrue();
    assertThat(whole.warnings()).isEmpty();

    var part =
        rows(rig, new TrialOrder(database, "book", "ADD n int", true, List.of("id", "title"), 2));
    assertThat(part.arrived()).isEqualTo(2);
    assertThat(part.isWhole()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingButTheScratchDatabase(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    var before = state(server, database);
    server.execute("", "SET GLOBAL log_output = 'TABLE'", "SET GLOBAL general_log = ON");
    List<String> said;
    try (var connection = server.connect("")) {
      assertThat(rig.tried(CopyRig.order(database, "ADD COLUMN note text", "id", "title")).left())
          .isEmpty();
      server.execute("", "SET GLOBAL general_log = OFF");
      said =
          CopyRig.query(
              connection,
              """
              SELECT CONVERT(argument USING utf8) FROM mysql.general_log WHERE thread_id = %s \
              AND command_type NOT IN ('Connect', 'Quit', 'Init DB') ORDER BY event_time\
              """
                  .formatted(rig.thread().get()));
    } finally {
      server.execute("", "SET GLOBAL general_log = OFF", "SET GLOBAL log_output = 'FILE'");
    }

    assertThat(said).anyMatch(sql -> sql.startsWith("INSERT IGNORE INTO"));
    assertThat(said)
        .filteredOn(sql -> !sql.matches("(?si)(SELECT|SHOW|USE|SET (?!GLOBAL|PERSIST)).*"))
        .allSatisfy(sql ->
            assertThat(sql)
                .matches(
                    "(?s)(DROP TABLE IF EXISTS|CREATE TABLE|ALTER TABLE|INSERT IGNORE INTO) `%s`\\.`_plancheck_[0-9]{10}_[0-9a-f]{16}`.*"
                        .formatted(rig.scratch())));
    assertThat(state(server, database)).isEqualTo(before);
    assertThat(rig.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void locksNoRowAndWaitsForNone(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    try (var other = server.connect(database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE book SET pages = 8");

      var rows = rows(rig, CopyRig.order(database, "ADD COLUMN note text", "id", "title"));

      assertThat(rows.arrived()).isEqualTo(3);
      other.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAnyNameForANameOnly(MysqlServers server) throws Exception {
    var scratch = "scratch `%s".formatted(server.freshDatabase());
    server.execute("", "CREATE DATABASE `%s`".formatted(scratch.replace("`", "``")));
    var database = server.freshDatabase("CREATE TABLE `b``; 'k` (`i``d` int PRIMARY KEY, t int)");
    var rig = new CopyRig(server, scratch, new java.util.concurrent.atomic.AtomicReference<>(""));

    var trial =
        rig.tried(
            new TrialOrder(database, "b`; 'k", "ADD COLUMN note text", true, List.of("i`d"), 10));

    assertThat(trial.outcome()).isInstanceOf(Outcome.Altered.class);
    assertThat(rig.left()).isEmpty();
    server.execute("", "DROP DATABASE `%s`".formatted(scratch.replace("`", "``")));
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheBinaryLogAloneWhereItMay(MysqlServers server) throws Exception {
    var rig = CopyRig.on(server);
    var database = server.freshDatabase(BOOK);
    var before = server.query("", "SHOW MASTER STATUS") + position(server);

    assertThat(rig.tried(CopyRig.order(database, "ADD COLUMN note text", "id")).outcome())
        .isInstanceOf(Outcome.Altered.class);

    assertThat(server.query("", "SHOW MASTER STATUS") + position(server)).isEqualTo(before);
  }

  private static String position(MysqlServers server) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW MASTER STATUS")) {
      return rows.next() ? rows.getString(2) : "none";
    }
  }

  private static Copied.Rows rows(CopyRig rig, TrialOrder order) {
    var copied = rig.altered(order).copied();
    if (copied instanceof Copied.Rows rows) {
      return rows;
    }
    throw new AssertionError(copied);
  }

  private static Warned warned(int code) {
    return new Warned(code, false, false);
  }

  private static @Nullable Algorithm algorithm(CopyRig rig, String database, String body) {
    return algorithm(rig, database, body, true);
  }

  private static @Nullable Algorithm algorithm(
      CopyRig rig, String database, String body, boolean finds) {
    @Nullable Work work =
        rig.altered(new TrialOrder(database, "book", body, finds, List.of("id"), 10)).work();
    return work == null ? null : work.algorithm();
  }

  /// Everything that a trial could have changed.
  private static SortedMap<String, String> state(MysqlServers server, String database)
      throws SQLException {
    var state = new TreeMap<String, String>();
    try (var connection = server.connect(database)) {
      for (var table : tables(connection)) {
        state.put("table " + table, "");
      }
      state.put("rows", CopyRig.query(connection, "CHECKSUM TABLE book EXTENDED").toString());
      state.put("definition", CopyRig.query(connection, "SHOW CREATE TABLE book").toString());
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
        while (rows.next()) {
          state.put("variable " + rows.getString(1), String.valueOf(rows.getString(2)));
        }
      }
    }
    state
        .keySet()
        .removeIf(name -> name.matches("variable (general_log|log_output|gtid_.*|.*_now)"));
    return state;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return CopyRig.query(
        connection,
        "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' ', IFNULL(CREATE_TIME, ''))"
            + " FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN"
            + " ('information_schema', 'performance_schema', 'mysql', 'sys')");
  }
}
