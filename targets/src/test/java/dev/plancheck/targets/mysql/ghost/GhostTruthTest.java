// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.targets.mysql.clone.CopyTrial;
import dev.plancheck.targets.mysql.clone.GhostWithCopy;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import dev.plancheck.targets.mysql.servers.ReplicaPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said of an ALTER, held against what a copy as gh-ost makes it (INSERT IGNORE of the
/// shared columns into the altered clone, in gh-ost's sql_mode) really does to rows and values.
final class GhostTruthTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern QUERY = Pattern.compile("`(SELECT .* LIMIT 1(?:, 1)?)`");

  /// Row 2 repeats row 1 wherever a key could forbid it, and has what no narrower type takes.
  private static final String[] BOOK = {
    """
    CREATE TABLE book (id int NOT NULL PRIMARY KEY, title varchar(40) CHARACTER SET utf8mb4 NULL, \
    pages int NULL, kind enum('novel','poem') NOT NULL, price decimal(10,2) NULL, \
    seen datetime NOT NULL, code varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, \
    twice int AS (pages * 2) STORED, UNIQUE KEY by_code (code))\
    """,
    """
    INSERT INTO book (id, title, pages, kind, price, seen, code) VALUES \
    (1, 'same', 7, 'novel', 1.5, '2020-01-01 10:00:00', 'a'), \
    (2, 'same', 7, 'poem', 99999.99, '1950-01-01 10:00:00', 'A'), \
    (3, NULL, NULL, 'novel', NULL, '2020-01-01 10:00:00', 'c'), \
    (4, 'a title that is long, and Greek: \u03a9', -70000, 'novel', -1, '2040-01-01', 'd')\
    """
  };

  private static final List<String> LOSING =
      List.of(
          "ADD UNIQUE KEY u (title)",
          "ADD UNIQUE KEY u (pages, title(3))",
          "ADD COLUMN n int NOT NULL DEFAULT 0 UNIQUE",
          "MODIFY title varchar(40) CHARACTER SET utf8mb4 NOT NULL",
          "MODIFY pages int NOT NULL",
          "MODIFY title varchar(10) CHARACTER SET utf8mb4",
          "MODIFY title varchar(40) CHARACTER SET latin1",
          "MODIFY title int",
          "MODIFY title date",
          "MODIFY pages smallint",
          "MODIFY pages int unsigned",
          "MODIFY price decimal(5,2)",
          "MODIFY kind enum('novel') NOT NULL",
          "MODIFY seen timestamp NOT NULL DEFAULT '2000-01-01'",
          "MODIFY code varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL",
          "CONVERT TO CHARACTER SET latin1",
          "ADD CONSTRAINT positive CHECK (pages > 0)",
          "RENAME COLUMN title TO name",
          "DROP COLUMN pages, ADD COLUMN pages bigint",
          "MODIFY twice int",
          "DROP INDEX by_code PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (3))");

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

  private static final List<String> HARMLESS =
      List.of(
          "ADD COLUMN note text",
          "ADD COLUMN note int NOT NULL",
          "ADD INDEX by_pages (pages)",
          "ADD UNIQUE KEY u (id, pages)",
          "MODIFY title varchar(80) CHARACTER SET utf8mb4",
          "MODIFY title mediumtext CHARACTER SET utf8mb4",
          "MODIFY pages bigint",
          "MODIFY price decimal(12,2)",
          "MODIFY kind enum('novel','poem','play') NOT NULL",
          "MODIFY kind varchar(10) NOT NULL",
          "MODIFY seen datetime(3) NOT NULL",
          "ALTER COLUMN price SET DEFAULT 5",
          "ENGINE = InnoDB");

  /// Of these a copy shows nothing: the column's values have another name, or none.
  private static final List<String> LOST_UNSEEN =
      List.of(
          "RENAME COLUMN title TO name",
          "DROP COLUMN pages, ADD COLUMN pages bigint",
          "MODIFY twice int");

  /// What becomes of rows and values in gh-ost's copy.
  private enum Copy {
    REFUSED,
    LOST,
    WHOLE
  }

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
                new GhostWithCopy(reading, trial, GhostTruthTest::canceled));
        assertThat(opened).as(alter).hasValue(0);
      }
    }
  }

  private static String tablesOf(String database) {
    return "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '%s'"
        .formatted(database);
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

  private static Copy copy(Connection connection, String alter) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION sql_mode ="
              + " CONCAT(@@global.sql_mode, ',NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES')");
      statement.execute("CREATE TABLE clone LIKE book");
      try {
        statement.execute("ALTER TABLE clone " + alter);
        var dropped = alter.startsWith("DROP COLUMN pages") ? "pages" : "";
        return isLost(connection, dropped) ? Copy.LOST : Copy.WHOLE;
      } catch (SQLException _) {
        return Copy.REFUSED;
      } finally {
        statement.execute("DROP TABLE clone");
      }
    }
  }

  private static boolean isLost(Connection connection, String dropped) throws SQLException {
    var shared = columns(connection, "book", false);
    shared.retainAll(columns(connection, "clone", false));
    shared.remove(dropped);
    var after = columns(connection, "clone", true);
    var differs = new ArrayList<>(List.of("b.id IS NULL"));
    for (var column : columns(connection, "book", true)) {
      var type = column.equals("seen") ? "DATETIME" : "CHAR";
      differs.add(
          after.contains(column)
              ? "NOT (CAST(a.%1$s AS %2$s) <=> CAST(b.%1$s AS %2$s))".formatted(column, type)
              : "TRUE");
    }
    try (var statement = connection.createStatement()) {
      var list = String.join(", ", shared);
      statement.execute(
          "INSERT IGNORE INTO clone (%s) SELECT %s FROM book ORDER BY id".formatted(list, list));
      try (var rows =
          statement.executeQuery(
              "SELECT COUNT(*) FROM book a LEFT JOIN clone b ON a.id = b.id WHERE "
                  + String.join(" OR ", differs))) {
        return rows.next() && rows.getInt(1) > 0;
      }
    }
  }

  private static List<String> columns(Connection connection, String table, boolean generated)
      throws SQLException {
    var columns = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW COLUMNS FROM " + table)) {
      while (rows.next()) {
        if (generated || !rows.getString("Extra").contains(" GENERATED")) {
          columns.add(rows.getString("Field"));
        }
      }
    }
    return columns;
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

  private static List<Finding> losses(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.status() == Status.ERROR)
        .filter(finding ->
            finding
                .rule()
                .matches(
                    "ghost\\.(rows-lost|values-lost|rename-column|drop-add|generated-column|enum).*"))
        .toList();
  }

  private static List<Finding> judge(
      Connection connection, MysqlServers server, String database, String alter, boolean data)
      throws SQLException, TargetException, NotPerformedException {
    return judged(connection, server, database, alter, reading(connection, server, data));
  }

  private static List<Finding> judgedWithCopy(
      Connection connection, MysqlServers server, String database, String scratch, String alter)
      throws SQLException, TargetException, NotPerformedException {
    var trial = new CopyTrial(scratch, server.engine(), () -> server.connect(""));
    var session =
        new GhostWithCopy(reading(connection, server, true), trial, GhostTruthTest::canceled);
    return judged(connection, server, database, alter, session);
  }

  private static TargetException canceled() {
    return new TargetException(TargetException.Kind.CANCELED, "canceled");
  }

  private static MysqlGhost reading(Connection connection, MysqlServers server, boolean data)
      throws SQLException {
    return new MysqlGhost(
        Asker.over(connection, LIMIT),
        server.engine(),
        data,
        e -> new TargetException(TargetException.Kind.OTHER, String.valueOf(e.getMessage())));
  }

  private static Script parsed(MysqlServers server, int major, int minor, String sheet) {
    return Dialects.of(server.engine())
        .parse(new SourceText(sheet), new EngineVersion(server.engine(), major, minor));
  }

  private static List<Finding> judged(
      Connection connection,
      MysqlServers server,
      String database,
      String alter,
      GhostSession session)
      throws SQLException, TargetException, NotPerformedException {
    var version = connection.getMetaData();
    var script =
        parsed(
            server,
            version.getDatabaseMajorVersion(),
            version.getDatabaseMinorVersion(),
            "ALTER TABLE book " + alter);
    var sheet = new GhostExecutor.Sheet(script, database, new TreeMap<>(), 0);
    var facts = GhostExecutor.read(session, ObjectName.of("book"), sheet, () -> false);
    return GhostExecutor.judge(sheet, () -> facts);
  }
}
