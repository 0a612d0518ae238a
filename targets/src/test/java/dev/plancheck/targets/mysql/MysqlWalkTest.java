// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a script's CREATE TABLE is taken to make is what a server makes of it.
///
/// Known differences, which are left out here: texts of defaults, expressions and definitions, as
/// servers write them anew; the names that servers choose for keys; the index that a foreign key
/// brings; the collation that a character set brings; a UNIQUE INDEX, which a server does not tell
/// from a constraint; JSON of MariaDB, which is a LONGTEXT; the row format of engines other than
/// InnoDB; and TIMESTAMP without NULL before MySQL 8.
@Timeout(180)
final class MysqlWalkTest {
  private static final List<String> EVERYWHERE =
      List.of(
          "CREATE TABLE t (id INT)",
          "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, b BIGINT(20) UNSIGNED, s SMALLINT(5))",
          "CREATE TABLE t (a BOOL, b BOOLEAN NOT NULL DEFAULT TRUE, c TINYINT(1), d TINYINT)",
          "CREATE TABLE t (a DEC, b NUMERIC(8), c FIXED(8,2), d DECIMAL(5,1) UNSIGNED)",
          "CREATE TABLE t (a FLOAT, b FLOAT(10), c FLOAT(30), d REAL, e DOUBLE PRECISION)",
          "CREATE TABLE t (a CHAR, b CHAR(3), c CHARACTER VARYING(9), d VARCHAR(300))",
          "CREATE TABLE t (a BINARY, b BINARY(16), c VARBINARY(20), d BLOB, e LONGBLOB)",
          "CREATE TABLE t (a TEXT, b TINYTEXT, c MEDIUMTEXT, d LONGTEXT, e LONG VARCHAR)",
          "CREATE TABLE t (a DATE, b TIME, c TIME(3), d DATETIME, e DATETIME(6), f YEAR)",
          "CREATE TABLE t (a ENUM('x','it''s'), b SET('a', 'b') NOT NULL, c BIT, d BIT(8))",
          "CREATE TABLE t (A INT, B INT, PRIMARY KEY (B, A))",
          "CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY, b VARCHAR(9) UNIQUE)",
          "CREATE TABLE t (a SERIAL, b INT)",
          "CREATE TABLE t (a INT, b INT, UNIQUE KEY Both_ (a, b), KEY one (b), INDEX two (b, a))",
          "CREATE TABLE t (a TEXT, b VARCHAR(20), FULLTEXT KEY words (a), KEY start (b(5)))",
          "CREATE TABLE t (a INT, b INT AS (a + 1) VIRTUAL, c INT GENERATED ALWAYS AS (a) STORED)",
          "CREATE TABLE t (a VARCHAR(9) COMMENT 'it''s', b INT COMMENT '') COMMENT = 'all of it'",
          "CREATE TABLE t (a VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_bin, b VARCHAR(9))"
              + " DEFAULT CHARSET = latin1 COLLATE = latin1_swedish_ci",
          "CREATE TABLE t (a VARCHAR(9)) ENGINE = MyISAM",
          "CREATE TABLE t (a INT) ENGINE = InnoDB ROW_FORMAT = COMPRESSED",
          "CREATE TABLE t (a INT PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 4",
          "CREATE TABLE t (a INT NOT NULL DEFAULT 0, b DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE"
              + " CURRENT_TIMESTAMP, c TIMESTAMP NOT NULL DEFAULT NOW())",
          "CREATE TABLE t (id INT PRIMARY KEY, up INT, KEY up (up),"
              + " CONSTRAINT upward FOREIGN KEY (up) REFERENCES t (id) ON DELETE CASCADE)",
          "CREATE TABLE `a ``b` (`select` INT, `Ünï` INT)");

  private static final List<String> MARIADB =
      List.of(
          "CREATE TABLE t (a INT, b INT, CONSTRAINT positive CHECK (a > 0), CHECK (b > 0))",
          "CREATE TABLE t (a INT INVISIBLE, b INT)");

  @ParameterizedTest
  @EnumSource
  void aTableLooksAsTheScriptSays(MysqlServers server) throws Exception {
    var statements = new ArrayList<>(EVERYWHERE);
    if (server == MysqlServers.MARIADB) {
      statements.addAll(MARIADB);
    }
    for (var statement : statements) {
      var database = server.freshDatabase();
      var instance = TestInstance.of(server);
      var empty = instance.snapshot(database, statement).schema();
      var script = TestInstance.parsed(empty.version(), statement);
      var walked = Walkthrough.of(script, empty).after();
      server.execute(database, statement);
      var read = instance.snapshot(database, statement).schema();
      assertThat(comparable(walked)).as(statement).isEqualTo(comparable(read));
    }
  }

  private static List<Table> comparable(Schema schema) {
    return schema.tables().values().stream().map(MysqlWalkTest::comparable).toList();
  }

  private static Table comparable(Table table) {
    var options = new TreeMap<>(table.options());
    options.remove("partitions");
    options.remove("create options");
    return table
        .withCreatedByScript(false)
        .withSize(SizeBand.EMPTY)
        .withOptions(options)
        .withColumns(table.columns().stream().map(MysqlWalkTest::comparable).toList())
        .withIndexes(
            table.indexes().stream()
                .map(MysqlWalkTest::comparable)
                .sorted(MysqlWalkTest::byText)
                .toList())
        .withConstraints(
            table.constraints().stream()
                .map(MysqlWalkTest::comparable)
                .sorted(MysqlWalkTest::byText)
                .toList());
  }

  private static int byText(Record one, Record other) {
    return one.toString().compareTo(other.toString());
  }

  private static Column comparable(Column column) {
    var attributes = new TreeMap<>(column.attributes());
    attributes.computeIfPresent(
        "ON UPDATE", (_, text) -> text.toUpperCase(Locale.ROOT).replace("()", ""));
    return column.withDefault(hasDefault(column)).withAttributes(attributes);
  }

  private static @Nullable String hasDefault(Column column) {
    var generated =
        column.generation() == Column.Generation.STORED
            || column.generation() == Column.Generation.VIRTUAL;
    return column.defaultText() == null || generated ? null : "some";
  }

  private static Index comparable(Index index) {
    var columns = index.columns();
    return new Index(
            "", index.method(), List.of(), index.unique(), index.primary(), false, true, null)
        .withColumns(columns);
  }

  private static Constraint comparable(Constraint constraint) {
    var unnamed = constraint.kind() == ConstraintKind.CHECK ? "" : constraint.name();
    return new Constraint(
        constraint.kind() == ConstraintKind.UNIQUE ? "" : unnamed,
        constraint.kind(),
        constraint.validated(),
        constraint.columns(),
        null,
        constraint.references() == null
            ? null
            : ObjectName.of(ObjectName.HERE, constraint.references().name()),
        constraint.referencedColumns(),
        null);
  }
}
