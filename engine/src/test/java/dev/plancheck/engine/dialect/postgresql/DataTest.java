// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.Statement.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole records of what reads and writes rows, and of what changes the session.
class DataTest {
  @Test
  void lowersInserts() {
    assertThat(
            statement(
                "INSERT INTO s.t (A, \"B\") VALUES (1, f()), (2, DEFAULT) ON CONFLICT DO NOTHING"))
        .isEqualTo(
            new Statement.Insert(
                ObjectName.of("s", "t"),
                List.of("a", "B"),
                2,
                true,
                query(List.of(), List.of("f"))));
    assertThat(statement("INSERT INTO t SELECT * FROM u JOIN v USING (id) RETURNING g(id)"))
        .isEqualTo(
            new Statement.Insert(
                ObjectName.of("t"), List.of(), 0, false, query(List.of("u", "v"), List.of("g"))));
    assertThat(statement("INSERT INTO t DEFAULT VALUES"))
        .isEqualTo(new Statement.Insert(ObjectName.of("t"), List.of(), 0, false, Query.NONE));
  }

  @Test
  void lowersUpdates() {
    var text =
        "UPDATE ONLY s.t AS x SET a = f(), (b, c) = (SELECT 1, 2 FROM u) FROM v, w WHERE v.id ="
            + " x.id";
    var update = (Statement.Update) statement(text);
    assertThat(update)
        .isEqualTo(
            new Statement.Update(
                ObjectName.of("s", "t"),
                List.of("a", "b", "c"),
                requireNonNull(update.where()),
                query(List.of("u", "v", "w"), List.of("f"))));
    assertThat(update.where().text()).isEqualTo("v.id = x.id");
    assertThat(((Statement.Update) statement("UPDATE t SET a = 1")).where()).isNull();
    assertThat(
            requireNonNull(
                    ((Statement.Update) statement("UPDATE t SET a = 1 WHERE CURRENT OF c")).where())
                .text())
        .isEqualTo("CURRENT OF c");
  }

  @Test
  void lowersDeletes() {
    assertThat(statement("DELETE FROM s.t"))
        .isEqualTo(new Statement.Delete(ObjectName.of("s", "t"), null, Query.NONE));
    var delete =
        (Statement.Delete)
            statement("DELETE FROM t USING u WHERE EXISTS (SELECT 1 FROM v WHERE f(v.id))");
    assertThat(delete.query()).isEqualTo(query(List.of("u", "v"), List.of("f")));
    assertThat(requireNonNull(delete.where()).query()).isTrue();
  }

  @Test
  void lowersMerges() {
    assertThat(
            statement(
                """
                MERGE INTO s.t USING (SELECT * FROM u) AS x ON t.id = x.id
                WHEN MATCHED THEN UPDATE SET a = f(x.a)
                WHEN NOT MATCHED THEN INSERT VALUES ((SELECT max(id) FROM v))\
                """))
        .isEqualTo(
            new Statement.Merge(
                ObjectName.of("s", "t"), query(List.of("u", "v"), List.of("f", "max"))));
  }

  @Test
  void listsDataModifyingCommonTableExpressionsAsWrites() {
    assertThat(
            statement(
                """
                WITH a AS (SELECT id FROM src), b AS (DELETE FROM t USING a, other RETURNING *)
                INSERT INTO u SELECT * FROM b, a, real\
                """))
        .isEqualTo(
            new Statement.Insert(
                ObjectName.of("u"),
                List.of(),
                0,
                false,
                new Query(
                    List.of(ObjectName.of("src"), ObjectName.of("real")),
                    List.of(),
                    List.of(
                        new Statement.Delete(
                            ObjectName.of("t"), null, query(List.of("other"), List.of()))))));
  }

  @Test
  void knowsWhereACommonTableExpressionIsVisible() {
    assertThat(statement("WITH t AS (SELECT * FROM t) SELECT * FROM t"))
        .isEqualTo(new Statement.Select(false, query(List.of("t"), List.of())));
    assertThat(statement("WITH RECURSIVE t AS (SELECT 1 UNION SELECT * FROM t) SELECT * FROM t"))
        .isEqualTo(new Statement.Select(false, Query.NONE));
    assertThat(statement("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) y, x, s.x"))
        .isEqualTo(
            new Statement.Select(
                false,
                new Query(
                    List.of(ObjectName.of("x"), ObjectName.of("s", "x")), List.of(), List.of())));
    assertThat(statement("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM b"))
        .isEqualTo(new Statement.Select(false, query(List.of("b"), List.of())));
  }

  @Test
  void lowersSelects() {
    assertThat(statement("SELECT f(x) FROM a, LATERAL g(a.id) WHERE id IN (TABLE b) FOR UPDATE"))
        .isEqualTo(new Statement.Select(true, query(List.of("a", "b"), List.of("f", "g"))));
    assertThat(statement("SELECT a INTO TEMP x FROM y UNION SELECT 1"))
        .isEqualTo(
            new Statement.CreateTableAs(
                ObjectName.of("x"),
                false,
                Persistence.TEMPORARY,
                true,
                query(List.of("y"), List.of())));
    assertThat(statement("CREATE TABLE IF NOT EXISTS x AS SELECT f() FROM y WITH NO DATA"))
        .isEqualTo(
            new Statement.CreateTableAs(
                ObjectName.of("x"),
                true,
                Persistence.PERMANENT,
                false,
                query(List.of("y"), List.of("f"))));
  }

  @Test
  void lowersCopyAndExplain() {
    assertThat(statement("COPY s.t (a) FROM '/x' WHERE f(a)"))
        .isEqualTo(
            new Statement.Copy(ObjectName.of("s", "t"), true, query(List.of(), List.of("f"))));
    assertThat(statement("COPY (SELECT * FROM t) TO STDOUT"))
        .isEqualTo(new Statement.Copy(null, false, query(List.of("t"), List.of())));
    assertThat(statement("EXPLAIN (ANALYZE off, VERBOSE) DELETE FROM t"))
        .isEqualTo(
            new Statement.Explain(
                false, new Statement.Delete(ObjectName.of("t"), null, Query.NONE)));
    assertThat(statement("EXPLAIN ANALYZE DELETE FROM t"))
        .isEqualTo(
            new Statement.Explain(
                true, new Statement.Delete(ObjectName.of("t"), null, Query.NONE)));
  }

  @Test
  void lowersWhatIsDoneToWholeTables() {
    assertThat(statement("TRUNCATE a, ONLY s.b RESTART IDENTITY CASCADE"))
        .isEqualTo(
            new Statement.Truncate(
                List.of(ObjectName.of("a"), ObjectName.of("s", "b")), true, true));
    assertThat(statement("LOCK a"))
        .isEqualTo(new Statement.LockTable(List.of(ObjectName.of("a")), "ACCESS EXCLUSIVE"));
    assertThat(statement("LOCK TABLE a IN SHARE UPDATE EXCLUSIVE MODE"))
        .isEqualTo(new Statement.LockTable(List.of(ObjectName.of("a")), "SHARE UPDATE EXCLUSIVE"));
    assertThat(statement("VACUUM (FULL, ANALYZE) a, b"))
        .isEqualTo(new Statement.Vacuum(List.of(ObjectName.of("a"), ObjectName.of("b")), true));
    assertThat(statement("VACUUM (FULL false) a"))
        .isEqualTo(new Statement.Vacuum(List.of(ObjectName.of("a")), false));
    assertThat(statement("REINDEX (CONCURRENTLY) INDEX s.i"))
        .isEqualTo(new Statement.Reindex(ObjectKind.INDEX, ObjectName.of("s", "i"), true));
    assertThat(statement("REFRESH MATERIALIZED VIEW CONCURRENTLY v"))
        .isEqualTo(new Statement.RefreshMaterializedView(ObjectName.of("v"), true, true));
  }

  @Test
  void lowersTransactions() {
    assertThat(statement("START TRANSACTION READ ONLY"))
        .isEqualTo(new Transaction(Transaction.Kind.BEGIN));
    assertThat(statement("COMMIT AND CHAIN"))
        .isEqualTo(new Transaction(Transaction.Kind.COMMIT, null, true));
    assertThat(statement("ROLLBACK AND NO CHAIN"))
        .isEqualTo(new Transaction(Transaction.Kind.ROLLBACK));
    assertThat(statement("ROLLBACK TO \"A\""))
        .isEqualTo(new Transaction(Transaction.Kind.ROLLBACK_TO, "A", false));
    assertThat(statement("RELEASE a"))
        .isEqualTo(new Transaction(Transaction.Kind.RELEASE, "a", false));
  }

  @Test
  void lowersSettings() {
    assertThat(statement("SET LOCAL Lock_Timeout = '2s'"))
        .isEqualTo(new Statement.SetVariable("lock_timeout", true, List.of("2s")));
    assertThat(statement("SET statement_timeout TO -1"))
        .isEqualTo(new Statement.SetVariable("statement_timeout", false, List.of("-1")));
    assertThat(statement("SET search_path = Shop, \"$user\", 'Public'"))
        .isEqualTo(
            new Statement.SetVariable("search_path", false, List.of("shop", "$user", "Public")));
    assertThat(statement("SET transaction_read_only = ON"))
        .isEqualTo(new Statement.SetVariable("transaction_read_only", false, List.of("on")));
    assertThat(statement("SET x = TRUE"))
        .isEqualTo(new Statement.SetVariable("x", false, List.of("true")));
    assertThat(statement("SET lock_timeout TO DEFAULT"))
        .isEqualTo(new Statement.SetVariable("lock_timeout", false, List.of()));
    assertThat(statement("SET TIME ZONE 'UTC'"))
        .isEqualTo(new Statement.SetVariable("timezone", false, List.of("UTC")));
    assertThat(statement("RESET My.Setting"))
        .isEqualTo(new Statement.SetVariable("my.setting", false, List.of()));
    assertThat(statement("SET LOCAL ROLE \"None\""))
        .isEqualTo(new Statement.SetRole("None", true, false));
    assertThat(statement("SET ROLE none")).isEqualTo(new Statement.SetRole(null, false, false));
    assertThat(statement("SET SESSION AUTHORIZATION joe"))
        .isEqualTo(new Statement.SetRole("joe", false, true));
  }

  @Test
  void saysWhatAUtilityIsAbout() {
    assertThat(statement("COMMENT ON COLUMN s.t.c IS 'x'"))
        .isEqualTo(new Statement.Utility("COMMENT ON", ObjectKind.COLUMN, ObjectName.of("s", "t")));
    assertThat(statement("COMMENT ON TRIGGER x ON s.t IS 'x'"))
        .isEqualTo(
            new Statement.Utility("COMMENT ON", ObjectKind.TRIGGER, ObjectName.of("s", "t")));
    assertThat(statement("GRANT SELECT ON t TO x"))
        .isEqualTo(new Statement.Utility("GRANT", ObjectKind.TABLE, ObjectName.of("t")));
    assertThat(statement("GRANT SELECT ON t, u TO x"))
        .isEqualTo(new Statement.Utility("GRANT", ObjectKind.TABLE, null));
    assertThat(statement("CREATE POLICY p ON s.t USING (true)"))
        .isEqualTo(
            new Statement.Utility("CREATE POLICY", ObjectKind.POLICY, ObjectName.of("s", "t")));
    assertThat(statement("CREATE OR REPLACE FUNCTION S.F(a int) RETURNS int LANGUAGE sql AS ''"))
        .isEqualTo(
            new Statement.Utility("CREATE FUNCTION", ObjectKind.FUNCTION, ObjectName.of("s", "f")));
    assertThat(statement("CALL s.p(1)"))
        .isEqualTo(new Statement.Utility("CALL", ObjectKind.PROCEDURE, ObjectName.of("s", "p")));
    assertThat(statement("ALTER TRIGGER x ON s.t RENAME TO y"))
        .isEqualTo(
            new Statement.Rename(
                ObjectKind.TRIGGER, ObjectName.of("x"), ObjectName.of("s", "t"), "y"));
  }

  @Test
  void saysWhyAStatementIsNotAnalysed() {
    assertThat(statement("DO $$ BEGIN END $$"))
        .isEqualTo(
            new Statement.NotAnalysed(
                "the body of DO, which is run and not parsed, is not understood"));
    assertThat(statement("\\i other.sql"))
        .isEqualTo(
            new Statement.NotAnalysed("\\i is a command of psql, which never reaches the server"));
    assertThat(statement("SELECT 1 \\echo x\n, 2"))
        .isEqualTo(new Statement.NotAnalysed("a statement with the psql command \\echo within"));
    assertThat(statement("EXECUTE p(1)"))
        .isEqualTo(
            new Statement.NotAnalysed(
                "what EXECUTE runs was prepared elsewhere, so it is not understood"));
  }

  private static Query query(List<String> tables, List<String> functions) {
    return new Query(
        tables.stream().map(ObjectName::of).toList(),
        functions.stream().map(ObjectName::of).toList(),
        List.of());
  }

  private static Statement statement(String text) {
    var statements = Resource.script(text).statements();
    assertThat(statements).hasSize(1);
    return statements.getFirst().statement();
  }
}
