// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.Basis;
import dev.plancheck.checks.target.RowEstimate.MissingObject;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MysqlSummaryTest {
  private static final EngineVersion VERSION = new EngineVersion(Engine.MYSQL, 8, 0);
  private static final ObjectName BOOK = ObjectName.of(ObjectName.HERE, "book");
  private static final ObjectName LOAN = ObjectName.of(ObjectName.HERE, "loan");
  private static final ObjectName LOG = ObjectName.of("audit", "log");
  private static final AffectedRows NONE = AffectedRows.NONE;

  @Test
  void namesEveryStatementByItsCommand() {
    var report =
        summary(
            """
            USE shop;
            SET foreign_key_checks = 0;
            ALTER TABLE book ADD COLUMN x int, DROP COLUMN y;
            ALTER TABLE book ADD INDEX (x);
            CREATE INDEX i ON book (x);
            DROP INDEX i ON book;
            RENAME TABLE book TO tome;
            TRUNCATE TABLE loan;
            REPLACE INTO loan VALUES (1);
            INSERT IGNORE INTO loan VALUES (1);
            UPDATE book JOIN loan ON book.id = loan.book SET book.a = 1;
            DELETE book FROM book, loan;
            LOAD DATA INFILE 'x' INTO TABLE loan;
            DROP DATABASE old;
            START TRANSACTION;
            COMMIT;
            """);

    assertThat(report.statementTypes())
        .containsExactly(
            "USE",
            "SET",
            "ALTER TABLE DROP COLUMN",
            "ALTER TABLE",
            "CREATE INDEX",
            "ALTER TABLE",
            "RENAME TABLE",
            "TRUNCATE",
            "INSERT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "LOAD DATA",
            "DROP DATABASE",
            "BEGIN",
            "COMMIT");
  }

  @Test
  void listsTablesOfTheOwnAndOfOtherDatabases() {
    var report =
        summary(
            """
            ALTER TABLE book ADD COLUMN x int;
            ALTER TABLE audit.log ADD COLUMN x int;
            USE audit;
            ALTER TABLE log ADD COLUMN y int;
            """);

    assertThat(report.changedTables())
        .containsExactly(
            new ChangedTable("book", 1000L, 8000L, NONE, Alteration.INSTANT),
            new ChangedTable("audit.log", 5L, 8192L, NONE, Alteration.INSTANT));
  }

  @Test
  void followsTablesThatAreRenamed() {
    var report =
        summary(
            """
            RENAME TABLE book TO passing, loan TO book, passing TO loan;
            TRUNCATE TABLE loan;
            ALTER TABLE book RENAME TO audit.tome;
            DROP TABLE audit.tome;
            """);

    assertThat(report.changedTables())
        .containsExactly(
            new ChangedTable("book", 1000L, 8000L, estimated(1000)),
            new ChangedTable("loan", 50L, 16384L, estimated(50), Alteration.INSTANT));
  }

  @Test
  void takesTheRowsOfEachTableOfAJoin() {
    var report =
        summary(
            "UPDATE book JOIN loan ON book.id = loan.book SET book.a = 1, loan.b = 2",
            new Planned(
                0,
                List.of(
                    new TableRows(BOOK, 3, Basis.COUNTED), new TableRows(LOAN, 7, Basis.COUNTED)),
                List.of()));

    assertThat(report.changedTables())
        .containsExactly(
            new ChangedTable("book", 1000L, 8000L, new AffectedRows(Method.COUNTED, 3L, "")),
            new ChangedTable("loan", 50L, 16384L, new AffectedRows(Method.COUNTED, 7L, "")));
  }

  @Test
  void isUnknownForEachTableOfAJoinThatWasNotCounted() {
    var report =
        summary(
            "DELETE book, loan FROM book JOIN loan ON book.id = loan.book",
            new NotAvailable(0, "it calls f()"));

    assertThat(report.changedTables())
        .hasSize(2)
        .allSatisfy(table -> assertThat(table.affected().method()).isEqualTo(Method.UNKNOWN));
    assertThat(report.affected().method()).isEqualTo(Method.UNKNOWN);
  }

  @Test
  void countsTheRowsOfValuesAndSaysThatSomeMayConflict() {
    var conflict = "rows that conflict are left out, changed or replaced";
    var two = new AffectedRows(Method.UPPER_BOUND, 2L, conflict);

    assertThat(summary("INSERT INTO loan VALUES (1), (2)").affected())
        .isEqualTo(new AffectedRows(Method.COUNTED, 2L, ""));
    assertThat(summary("INSERT INTO loan SET a = 1").affected())
        .isEqualTo(new AffectedRows(Method.COUNTED, 1L, ""));
    assertThat(summary("REPLACE INTO loan VALUES (1), (2)").affected()).isEqualTo(two);
    assertThat(summary("INSERT IGNORE INTO loan VALUES (1), (2)").affected()).isEqualTo(two);
    assertThat(summary("INSERT INTO loan VALUES (1), (2) ON DUPLICATE KEY UPDATE a = 1").affected())
        .isEqualTo(two);
  }

  @Test
  void whatNobodyCountsIsUnknown() {
    assertUnknown("the rows of LOAD DATA are not counted", "LOAD DATA INFILE 'x' INTO TABLE loan");
    assertUnknown(
        "statement 1: how many rows go with it is not known", "DROP DATABASE IF EXISTS audit");
    assertUnknown("statement 1: CALL runs code that was not looked into", "CALL tidy()");
    assertUnknown(
        "statement 1: not analysed: what a prepared statement does is not looked into",
        "EXECUTE stmt");
  }

  @Test
  void partitionsHoldAtMostAllRows() {
    var most = "all rows of book: those of its partitions are not counted";

    assertThat(summary("ALTER TABLE book DROP PARTITION p0").affected())
        .isEqualTo(new AffectedRows(Method.UPPER_BOUND, 1000L, most));
    assertThat(summary("ALTER TABLE book TRUNCATE PARTITION p0, p1").affected())
        .isEqualTo(new AffectedRows(Method.UPPER_BOUND, 1000L, most));
    assertThat(summary("ALTER TABLE book EXCHANGE PARTITION p0 WITH TABLE loan").changedTables())
        .extracting(ChangedTable::table, table -> table.affected().rows())
        .containsExactly(tuple("book", 1000L), tuple("loan", 50L));
    assertThat(summary("ALTER TABLE book REBUILD PARTITION ALL").affected()).isEqualTo(NONE);
    assertUnknown(
        "the rows of partitions are not counted", "ALTER TABLE other TRUNCATE PARTITION p0");
  }

  @Test
  void whatTheScriptItselfMakesIsBoundedByTheTable() {
    var report =
        summary(
            "ALTER TABLE book ADD COLUMN x int; UPDATE book SET y = 1 WHERE x IS NULL",
            new MissingObject(1, "Unknown column 'x' in 'where clause'"));

    assertThat(report.affected())
        .isEqualTo(
            new AffectedRows(
                Method.UPPER_BOUND,
                1000L,
                "all rows of book, because the plan itself makes what the statement needs"));
  }

  @Test
  void tellsTheDearestWayInWhichATableIsAltered() {
    assertThat(alteration("ALTER TABLE book ADD COLUMN x int")).isEqualTo(Alteration.INSTANT);
    assertThat(alteration("CREATE INDEX book_x ON book (x)")).isEqualTo(Alteration.IN_PLACE);
    assertThat(alteration("ALTER TABLE book FORCE")).isEqualTo(Alteration.REBUILD);
    assertThat(alteration("ALTER TABLE book ADD COLUMN x int, ALGORITHM=COPY"))
        .isEqualTo(Alteration.COPY);
    assertThat(alteration("ALTER TABLE book ADD INDEX (x), LOCK=SHARED"))
        .isEqualTo(Alteration.LOCKED);
    assertThat(alteration("ALTER TABLE book FORCE, ALGORITHM=INSTANT"))
        .isEqualTo(Alteration.REFUSED);
    assertThat(alteration("ALTER TABLE book DROP PRIMARY KEY; ALTER TABLE book ADD COLUMN x int"))
        .isEqualTo(Alteration.COPY);
  }

  @Test
  void whatDependsOnAnOldTypeIsUnknownUnlessTheRestIsACopyAnyway() {
    assertThat(alteration("ALTER TABLE book MODIFY a BIGINT")).isEqualTo(Alteration.UNKNOWN);
    assertThat(alteration("ALTER TABLE book MODIFY a BIGINT; ALTER TABLE book ADD COLUMN x int"))
        .isEqualTo(Alteration.UNKNOWN);
    assertThat(alteration("ALTER TABLE book MODIFY a BIGINT, ADD COLUMN s INT AS (a) STORED"))
        .isEqualTo(Alteration.COPY);
  }

  @Test
  void whatTheScriptMakesAndWhatHoldsRowsOnlyIsNotAltered() {
    assertThat(summary("CREATE TABLE t (id int); ALTER TABLE t DROP PRIMARY KEY").changedTables())
        .extracting(ChangedTable::alteration)
        .containsOnlyNulls();
    assertThat(summary("TRUNCATE TABLE book").changedTables())
        .extracting(ChangedTable::alteration)
        .containsOnlyNulls();
  }

  @Test
  void aTableThatMariadbReplacesLosesItsRows() {
    assertThat(replaced("CREATE OR REPLACE TABLE book (id int)")).isEqualTo(estimated(1000));
    assertThat(replaced("create /* anew */ or replace table book AS SELECT 1 AS id"))
        .isEqualTo(estimated(1000));
    assertThat(replaced("CREATE OR REPLACE TABLE other (id int)"))
        .isEqualTo(AffectedRows.unknown("how many rows other has is not known"));
    assertThat(replaced("CREATE TABLE book (id int)")).isEqualTo(NONE);
    assertThat(replaced("CREATE OR REPLACE TEMPORARY TABLE book (id int)")).isEqualTo(NONE);
    assertThat(replaced("CREATE TABLE t (id int); CREATE OR REPLACE TABLE t (id int, a int)"))
        .isEqualTo(NONE);
  }

  private static AffectedRows replaced(String sql) {
    var version = new EngineVersion(Engine.MARIADB, 10, 11);
    var snapshot =
        new Snapshot(Schema.unknown(version), "fingerprint", new TreeMap<>(snapshot().sizes()));
    var script = Dialects.of(Engine.MARIADB).parse(new SourceText(sql), version);
    return Summary.of(script, snapshot, List.of(), false).affected();
  }

  private static @Nullable Alteration alteration(String sql) {
    return summary(sql).changedTables().getFirst().alteration();
  }

  private static void assertUnknown(String note, String sql) {
    assertThat(summary(sql).affected()).as(sql).isEqualTo(AffectedRows.unknown(note));
  }

  private static AffectedRows estimated(long rows) {
    return new AffectedRows(Method.ESTIMATED, rows, "");
  }

  private static SummaryReport summary(String sql, RowEstimate... answers) {
    return Summary.of(script(sql), snapshot(), List.of(answers), false);
  }

  private static Script script(String sql) {
    return Dialects.of(VERSION.engine()).parse(new SourceText(sql), VERSION);
  }

  private static Snapshot snapshot() {
    var sizes =
        Map.of(
            BOOK, new TableSize(1000L, 8000L),
            LOAN, new TableSize(50L, 16384L),
            LOG, new TableSize(5L, 8192L));
    return new Snapshot(Schema.unknown(VERSION), "fingerprint", new TreeMap<>(sizes));
  }
}
