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
import dev.plancheck.checks.target.RowEstimate.MissingRight;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Schema.Volatility;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static final ObjectName BOOK = ObjectName.of("public", "book");
  private static final ObjectName LOAN = ObjectName.of("public", "loan");
  private static final ObjectName LOG = ObjectName.of("audit", "log");
  private static final ObjectName NEVER = ObjectName.of("public", "never_analyzed");
  private static final AffectedRows NONE = AffectedRows.NONE;

  @Test
  void namesEveryStatementByItsCommand() {
    var report =
        summary(
            """
            BEGIN;
            SET lock_timeout = '1s';
            CREATE TABLE t (a int);
            ALTER TABLE book ADD COLUMN x int;
            ALTER TABLE book ADD COLUMN y int, DROP COLUMN x;
            CREATE UNIQUE INDEX i ON book (id);
            DROP INDEX i;
            CREATE MATERIALIZED VIEW m AS SELECT 1;
            COMMENT ON TABLE book IS 'x';
            GRANT SELECT ON book TO public;
            FROBNICATE;
            COMMIT;
            """);

    assertThat(report.statementTypes())
        .containsExactly(
            "BEGIN",
            "SET",
            "CREATE TABLE",
            "ALTER TABLE",
            "ALTER TABLE DROP COLUMN",
            "CREATE INDEX",
            "DROP INDEX",
            "CREATE MATERIALIZED VIEW",
            "COMMENT ON",
            "GRANT",
            "NOT PARSED",
            "COMMIT");
  }

  @Test
  void keepsTheFingerprintItBelongsTo() {
    assertThat(summary("SELECT 1").fingerprint()).isEqualTo("fingerprint");
  }

  @Test
  void listsChangedTablesOnceWithTheTargetsOwnSizes() {
    var report =
        summary(
            """
            ALTER TABLE book ADD COLUMN x int;
            CREATE INDEX ON audit.log (id);
            ALTER TABLE public.book DROP COLUMN x;
            SELECT * FROM loan;
            """);

    assertThat(report.changedTables())
        .containsExactly(
            new ChangedTable("public.book", 1000L, 8000L, NONE),
            new ChangedTable("audit.log", 5L, 8192L, NONE));
    assertThat(report.affected()).isEqualTo(NONE);
  }

  @Test
  void aTableThatWasNotThereHasNoRows() {
    assertThat(summary("CREATE TABLE fresh (id int);").changedTables())
        .containsExactly(new ChangedTable("public.fresh", 0L, 0L, NONE));
  }

  @Test
  void qualifiesNamesByTheSearchPathThatTheScriptSets() {
    var report = summary("SET search_path = audit; ALTER TABLE log ADD COLUMN x int;");

    assertThat(report.changedTables()).extracting(ChangedTable::table).containsExactly("audit.log");
  }

  @Test
  void listsTheTableOfAnIndexATriggerAndARenamedTable() {
    var report =
        summary(
            """
            DROP INDEX book_id;
            DROP TRIGGER watch ON loan;
            ALTER TABLE audit.log RENAME TO log_old;
            ALTER TABLE audit.log_old ADD COLUMN x int;
            """);

    assertThat(report.changedTables())
        .extracting(ChangedTable::table)
        .containsExactly("public.book", "public.loan", "audit.log");
  }

  @Test
  void saysNothingOfATableThatOnlyTheSessionSees() {
    var report = summary("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1);");

    assertThat(report.changedTables()).isEmpty();
    assertThat(report.affected()).isEqualTo(NONE);
  }

  @Test
  void takesThePlannersNumbers() {
    var report =
        summary(
            "UPDATE book SET id = 1; DELETE FROM loan; DELETE FROM book",
            planned(0, BOOK, 300, "what triggers change is not included"),
            planned(1, LOAN, 20),
            planned(2, BOOK, 400));

    assertThat(report.changedTables())
        .containsExactly(
            new ChangedTable(
                "public.book",
                1000L,
                8000L,
                estimated(700, "what triggers change is not included")),
            new ChangedTable("public.loan", 50L, 16384L, estimated(20, "")));
    assertThat(report.affected()).isEqualTo(estimated(720, "what triggers change is not included"));
  }

  @Test
  void tellsHowEachNumberWasObtained() {
    var report =
        summary(
            "UPDATE book SET id = 1; DELETE FROM loan",
            new Planned(0, List.of(new TableRows(BOOK, 7, Basis.COUNTED)), List.of()),
            new Planned(1, List.of(new TableRows(LOAN, 101, Basis.AT_LEAST)), List.of()));

    assertThat(report.changedTables())
        .extracting(ChangedTable::affected)
        .containsExactly(
            new AffectedRows(Method.COUNTED, 7L, ""), new AffectedRows(Method.AT_LEAST, 101L, ""));
    assertThat(report.affected()).isEqualTo(new AffectedRows(Method.AT_LEAST, 108L, ""));
  }

  @Test
  void whatIsAtMostAddsNothingToWhatIsAtLeast() {
    var report =
        summary(
            "DELETE FROM book; INSERT INTO loan VALUES (1), (2) ON CONFLICT DO NOTHING;"
                + " UPDATE audit.log SET id = 1",
            new Planned(0, List.of(new TableRows(BOOK, 101, Basis.AT_LEAST)), List.of()),
            planned(2, LOG, 5));

    assertThat(report.affected())
        .isEqualTo(new AffectedRows(Method.AT_LEAST, 106L, "rows that conflict may be left out"));
  }

  @Test
  void takesThePlannersNumbersOfWritesWithinAQuery() {
    var report =
        summary(
            "WITH gone AS (DELETE FROM loan RETURNING *) INSERT INTO book SELECT * FROM gone",
            new Planned(0, List.of(new TableRows(LOAN, 20), new TableRows(BOOK, 20)), List.of()));

    assertThat(report.affected()).isEqualTo(estimated(40, ""));
    assertThat(report.changedTables())
        .extracting(ChangedTable::table)
        .containsExactlyInAnyOrder("public.book", "public.loan");
  }

  @Test
  void countsTheRowsOfValues() {
    assertThat(summary("INSERT INTO loan VALUES (1), (2), (3)").affected())
        .isEqualTo(new AffectedRows(Method.COUNTED, 3L, ""));
    assertThat(summary("INSERT INTO loan VALUES (1), (2) ON CONFLICT DO NOTHING").affected())
        .isEqualTo(new AffectedRows(Method.UPPER_BOUND, 2L, "rows that conflict may be left out"));
    assertThat(summary("INSERT INTO book VALUES (1)").affected())
        .isEqualTo(
            new AffectedRows(
                Method.COUNTED, 1L, "what the triggers of public.book change is not included"));
  }

  @Test
  void asksThePlannerOnlyAboutWhatItCannotCount() {
    var script =
        script(
            """
            INSERT INTO loan VALUES (1);
            INSERT INTO loan SELECT * FROM book;
            UPDATE book SET id = 1;
            DELETE FROM book;
            MERGE INTO loan USING book ON false WHEN NOT MATCHED THEN INSERT VALUES (1);
            SELECT * FROM book;
            WITH gone AS (DELETE FROM loan RETURNING *) SELECT * FROM gone;
            TRUNCATE book;
            """);

    assertThat(Summary.toEstimate(script))
        .extracting(statement -> statement.index())
        .containsExactly(1, 2, 3, 4, 6);
  }

  @Test
  void takesAllRowsOfWhatIsEmptiedOrDropped() {
    assertThat(summary("TRUNCATE book").affected()).isEqualTo(estimated(1000, ""));
    assertThat(summary("DROP TABLE loan, audit.log").affected()).isEqualTo(estimated(55, ""));
    assertThat(summary("TRUNCATE never_analyzed").affected())
        .isEqualTo(AffectedRows.unknown("how many rows public.never_analyzed has is not known"));
  }

  @Test
  void takesTheRowsOfWhatTruncateCascadesTo() {
    var report = summary("TRUNCATE book CASCADE");

    assertThat(report.changedTables())
        .extracting(ChangedTable::table)
        .containsExactly("public.book", "public.loan");
    assertThat(report.affected()).isEqualTo(estimated(1050, ""));
  }

  @Test
  void boundsWhatNeedsSomethingThatTheScriptMakes() {
    var report =
        summary(
            "ALTER TABLE book ADD COLUMN x int; UPDATE book SET x = 1",
            new MissingObject(1, "column \"x\" does not exist"));

    assertThat(report.affected())
        .isEqualTo(
            new AffectedRows(
                Method.UPPER_BOUND,
                1000L,
                "all rows of public.book, because the plan itself makes what the statement"
                    + " needs; what the triggers of public.book change is not included"));
  }

  @Test
  void boundsWhatNeedsSomethingThatAnEarlierScriptMakes() {
    var missing = new MissingObject(0, "column \"x\" does not exist");
    var report = Summary.of(script("UPDATE book SET x = 1"), snapshot(), List.of(missing), true);

    assertThat(report.affected().method()).isEqualTo(Method.UPPER_BOUND);
    assertThat(report.affected().rows()).isEqualTo(1000);
  }

  @Test
  void boundsATableThatTheScriptRenamed() {
    var report =
        summary(
            "ALTER TABLE book RENAME TO tome; DELETE FROM tome",
            new MissingObject(1, "relation \"tome\" does not exist"));

    assertThat(report.affected().method()).isEqualTo(Method.UPPER_BOUND);
    assertThat(report.affected().rows()).isEqualTo(1000);
    assertThat(report.changedTables())
        .extracting(ChangedTable::table)
        .containsExactly("public.book");
  }

  @Test
  void boundsWhatTheUserMayNotPlan() {
    var report =
        summary("DELETE FROM book WHERE id = 1", new MissingRight(0, "GRANT DELETE ON book TO x"));

    assertThat(report.affected())
        .isEqualTo(
            new AffectedRows(
                Method.UPPER_BOUND,
                1000L,
                "all rows of public.book: GRANT DELETE ON book TO x; what the triggers of"
                    + " public.book change is not included"));
    assertThat(
            summary("INSERT INTO book (id) SELECT 1 FROM loan", new MissingRight(0, "GRANT"))
                .affected())
        .isEqualTo(AffectedRows.unknown("statement 1: GRANT"));
  }

  @Test
  void knowsNothingOfAWriteInsideOfAStatementWithoutAPlan() {
    var sql = "WITH gone AS (DELETE FROM loan RETURNING *) UPDATE book SET id = 1 FROM gone";
    var report = summary(sql, new MissingRight(0, "GRANT UPDATE ON book TO x"));

    assertThat(report.changedTables())
        .extracting(ChangedTable::table, table -> table.affected().method())
        .containsExactlyInAnyOrder(
            tuple("public.book", Method.UPPER_BOUND), tuple("public.loan", Method.UNKNOWN));
    assertThat(report.affected().method()).isEqualTo(Method.UNKNOWN);
  }

  @Test
  void boundsNothingThatIsMissingForAnotherReason() {
    assertThat(
            summary("UPDATE book SET y = 1", new MissingObject(0, "column y does not exist"))
                .affected())
        .isEqualTo(AffectedRows.unknown("statement 1: column y does not exist"));
    assertThat(
            summary(
                    "ALTER TABLE never_analyzed ADD x int; UPDATE never_analyzed SET x = 1",
                    new MissingObject(1, "column x does not exist"))
                .affected()
                .method())
        .isEqualTo(Method.UNKNOWN);
    assertThat(
            summary(
                    "ALTER TABLE book ADD x int; INSERT INTO book (x) SELECT 1 FROM loan",
                    new MissingObject(1, "column x does not exist"))
                .affected()
                .method())
        .isEqualTo(Method.UNKNOWN);
  }

  @Test
  void neverMakesAZeroOfWhatIsNotKnown() {
    assertUnknown("statement 1: it calls f()", "UPDATE book SET id = f()", calls("it calls f()"));
    assertUnknown("statement 1: it was not planned", "UPDATE book SET id = 1");
    assertUnknown(
        "statement 1: it was not planned",
        "WITH gone AS (DELETE FROM loan RETURNING *) SELECT * FROM gone");
    assertUnknown(
        "statement 1: not analysed: the body of DO, which is run and not parsed, is not understood",
        "DO $$ BEGIN END $$");
    assertUnknown("statement 1: CALL runs code that was not looked into", "CALL p()");
    assertUnknown("statement 1: could not be parsed", "FROBNICATE");
    assertUnknown("the rows of COPY are not counted", "COPY book FROM '/tmp/x'");
    assertUnknown(
        "statement 1: EXPLAIN ANALYZE executes its statement", "EXPLAIN ANALYZE DELETE FROM book");
    assertUnknown("what spend() changes is not known", "SELECT spend(1)");
  }

  @Test
  void knowsThatWhatExplainsOrOnlyReadsChangesNothing() {
    assertThat(summary("EXPLAIN DELETE FROM book; SELECT now(), peek()").affected())
        .isEqualTo(NONE);
  }

  @Test
  void aSumIsNoBetterThanItsWeakestPart() {
    var report =
        summary(
            "INSERT INTO loan VALUES (1); UPDATE book SET id = 1; UPDATE book SET id = f()",
            planned(1, BOOK, 10),
            new NotAvailable(2, "it calls f()"));

    assertThat(report.affected()).isEqualTo(AffectedRows.unknown("statement 3: it calls f()"));
    assertThat(report.changedTables())
        .contains(
            new ChangedTable("public.loan", 50L, 16384L, new AffectedRows(Method.COUNTED, 1L, "")));
  }

  @Test
  void repeatsNoNoteAndEndsLongLists() {
    var many = summary("FROBNICATE;".repeat(30));

    assertThat(many.affected().note()).endsWith("; statement 5: could not be parsed; and 25 more");
  }

  @Test
  void doesNotOverflow() {
    var report =
        summary(
            "DELETE FROM book; DELETE FROM loan",
            planned(0, BOOK, Long.MAX_VALUE),
            planned(1, LOAN, 5));

    assertThat(report.affected()).isEqualTo(estimated(Long.MAX_VALUE, ""));
  }

  private static void assertUnknown(String note, String sql, RowEstimate... answers) {
    assertThat(summary(sql, answers).affected()).as(sql).isEqualTo(AffectedRows.unknown(note));
  }

  private static RowEstimate calls(String reason) {
    return new NotAvailable(0, reason);
  }

  private static RowEstimate planned(int statement, ObjectName table, long rows, String... notes) {
    return new Planned(statement, List.of(new TableRows(table, rows)), List.of(notes));
  }

  private static AffectedRows estimated(long rows, String note) {
    return new AffectedRows(Method.ESTIMATED, rows, note);
  }

  private static SummaryReport summary(String sql, RowEstimate... answers) {
    return Summary.of(script(sql), snapshot(), List.of(answers), false);
  }

  private static Script script(String sql) {
    var version = EngineVersion.POSTGRESQL_LATEST;
    return Dialects.of(version.engine()).parse(new SourceText(sql), version);
  }

  private static Snapshot snapshot() {
    var tables = new TreeMap<ObjectName, Table>();
    tables.put(BOOK, table(BOOK, List.of(LOAN), List.of("watch"), "book_id"));
    tables.put(LOAN, table(LOAN, List.of(), List.of(), null));
    tables.put(LOG, table(LOG, List.of(), List.of(), null));
    tables.put(NEVER, table(NEVER, List.of(), List.of(), null));
    var functions = new TreeMap<ObjectName, Volatility>();
    functions.put(ObjectName.of("public", "spend"), Volatility.VOLATILE);
    functions.put(ObjectName.of("public", "peek"), Volatility.STABLE);
    var schema =
        new Schema(
            EngineVersion.POSTGRESQL_LATEST,
            true,
            List.of("public"),
            new TreeMap<>(),
            tables,
            new TreeMap<>(),
            functions);
    var sizes =
        Map.of(
            BOOK,
            new TableSize(1000L, 8000L),
            LOAN,
            new TableSize(50L, 16384L),
            LOG,
            new TableSize(5L, 8192L),
            NEVER,
            new TableSize(null, 8192L));
    return new Snapshot(schema, "fingerprint", new TreeMap<>(sizes));
  }

  private static Table table(
      ObjectName name,
      List<ObjectName> referencedBy,
      List<String> triggers,
      @Nullable String index) {
    return new Table(
        name,
        Table.Kind.TABLE,
        Statement.Persistence.PERMANENT,
        SizeBand.NORMAL,
        false,
        List.of(
            new Table.Column(
                "id", TypeName.of("int4"), true, null, Table.Column.Generation.NONE, null)),
        index == null ? List.of() : List.of(index(index)),
        List.of(),
        new Dependents(
            List.of(),
            List.of(),
            null,
            referencedBy,
            List.of(),
            triggers,
            List.of(),
            List.of(),
            false));
  }

  private static Table.Index index(String name) {
    return new Table.Index(name, "btree", List.of("id"), false, false, false, true);
  }
}
