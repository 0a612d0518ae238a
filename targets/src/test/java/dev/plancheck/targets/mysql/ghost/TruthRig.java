// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A table that a copy can lose anything of, ALTERs that lose or do not, and what is said of each.
final class TruthRig {
  static final Duration LIMIT = Duration.ofSeconds(20);

  /// Row 2 repeats row 1 wherever a key could forbid it, and has what no narrower type takes.
  static final String[] BOOK = {
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

  static final List<String> LOSING =
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

  static final List<String> HARMLESS =
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

  /// What becomes of rows and values in gh-ost's copy.
  enum Copy {
    REFUSED,
    LOST,
    WHOLE
  }

  private TruthRig() {}

  static Copy copy(Connection connection, String alter) throws SQLException {
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

  static List<Finding> losses(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.status() == Status.ERROR)
        .filter(finding ->
            finding
                .rule()
                .matches(
                    "ghost\\.(rows-lost|values-lost|rename-column|drop-add|generated-column|enum).*"))
        .toList();
  }

  static List<Finding> judge(
      Connection connection, MysqlServers server, String database, String alter, boolean data)
      throws SQLException, TargetException, NotPerformedException {
    return judged(connection, server, database, alter, reading(connection, server, data));
  }

  static List<Finding> judgedWithCopy(
      Connection connection, MysqlServers server, String database, String scratch, String alter)
      throws SQLException, TargetException, NotPerformedException {
    var trial = new CopyTrial(scratch, server.engine(), () -> server.connect(""));
    var session = new GhostWithCopy(reading(connection, server, true), trial, TruthRig::canceled);
    return judged(connection, server, database, alter, session);
  }

  static TargetException canceled() {
    return new TargetException(TargetException.Kind.CANCELED, "canceled");
  }

  static MysqlGhost reading(Connection connection, MysqlServers server, boolean data)
      throws SQLException {
    return new MysqlGhost(
        Asker.over(connection, LIMIT),
        server.engine(),
        data,
        e -> new TargetException(TargetException.Kind.OTHER, String.valueOf(e.getMessage())));
  }

  static Script parsed(MysqlServers server, int major, int minor, String sheet) {
    return Dialects.of(server.engine())
        .parse(new SourceText(sheet), new EngineVersion(server.engine(), major, minor));
  }

  static List<Finding> judged(
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
