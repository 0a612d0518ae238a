// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.MissingObject;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many rows a statement would change, on every version: which tables, and about how many.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EstimateContract {
  private final TestServer server;
  private String database = "";

  EstimateContract(TestServer server) {
    this.server = server;
  }

  @BeforeAll
  void fill() throws Exception {
    database =
        server.database(
            """
            CREATE TABLE c (id int PRIMARY KEY, region int);
            CREATE TABLE t (
              id int PRIMARY KEY, c int REFERENCES c ON DELETE CASCADE, st int, amt int, note text);
            CREATE TABLE archive (LIKE t);
            INSERT INTO c SELECT i, i % 20 FROM generate_series(1, 2000) i;
            INSERT INTO t SELECT i, 1 + i % 2000, i % 5, i % 1000, 'n' FROM generate_series(1, 50000) i;
            CREATE TABLE part (id int, day int) PARTITION BY RANGE (day);
            CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (10);
            CREATE TABLE part2 PARTITION OF part FOR VALUES FROM (10) TO (20);
            INSERT INTO part SELECT i, i % 20 FROM generate_series(1, 20000) i;
            CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent);
            INSERT INTO child SELECT generate_series(1, 3000);
            ANALYZE;
            """);
  }

  @Test
  void countsAFilteredUpdateAndDelete() throws Exception {
    assertRows("UPDATE t SET note = 'x' WHERE st = 3", "public.t", 10_000);
    assertRows("DELETE FROM t WHERE amt = 77", "public.t", 50);
    assertRows("UPDATE t SET note = 'x'", "public.t", 50_000);
    assertRows("DELETE FROM t WHERE id = 7", "public.t", 1);
  }

  @Test
  void countsTheJoinedRowsOfUpdateFrom() throws Exception {
    assertRows(
        "UPDATE t SET note = 'x' FROM c WHERE c.id = t.c AND c.region = 3", "public.t", 2_500);
    assertRows("DELETE FROM t USING c WHERE c.id = t.c AND c.region = 3", "public.t", 2_500);
    assertRows("DELETE FROM t WHERE c IN (SELECT id FROM c WHERE region = 3)", "public.t", 2_500);
  }

  @Test
  void countsOnlyWhatTheStatementChangesAndNotWhatItReads() throws Exception {
    assertRows("INSERT INTO archive SELECT * FROM t LIMIT 50", "public.archive", 50);
    assertRows("INSERT INTO archive VALUES (1), (2), (3)", "public.archive", 3);
    assertRows("DELETE FROM c WHERE id = (SELECT max(c) FROM t) AND region > 0", "public.c", 1);
    assertRows(
        "UPDATE c SET region = (SELECT count(*) FROM t WHERE t.c = c.id) WHERE id <= 10",
        "public.c",
        10);
    assertAtMost("DELETE FROM c WHERE NOT EXISTS (SELECT FROM t WHERE t.c = c.id)", "public.c", 5);
    assertRows("UPDATE t SET note = 'x' WHERE false", "public.t", 0);
  }

  @Test
  void countsAllPartitionsUnderTheNamedTable() throws Exception {
    assertRows("UPDATE part SET id = 0", "public.part", 20_000);
    assertRows("DELETE FROM part WHERE day < 10", "public.part", 10_000);
    assertRows("DELETE FROM parent", "public.parent", 3_000);
  }

  @Test
  void countsEachTableOfSeveralChanges() throws Exception {
    var rows =
        rows(
            """
            WITH gone AS (DELETE FROM t WHERE st = 3 RETURNING *)
            INSERT INTO archive SELECT * FROM gone
            """);
    assertThat(rows)
        .extracting(row -> row.table().toString())
        .containsExactly("public.archive", "public.t");
    assertThat(rows).allSatisfy(row -> assertThat(row.rows()).isBetween(9_000L, 11_000L));
  }

  @Test
  void countsRowsOfRulesAndNamesThem() throws Exception {
    var ruled =
        server.database(
            """
            CREATE TABLE a (id int); CREATE TABLE log (id int); CREATE TABLE gone (id int);
            CREATE RULE audit AS ON DELETE TO a DO ALSO INSERT INTO log VALUES (old.id);
            CREATE RULE never AS ON DELETE TO gone DO INSTEAD NOTHING;
            INSERT INTO a SELECT generate_series(1, 1000); ANALYZE;
            """);
    var planned = (Planned) estimate(ruled, "DELETE FROM a").getFirst();
    assertThat(planned.tables())
        .extracting(row -> row.table().toString())
        .containsExactly("public.a", "public.log");
    assertThat(planned.notIncluded())
        .containsExactly("what rule audit of public.a changes is not included");
    assertThat(estimate(ruled, "DELETE FROM gone"))
        .containsExactly(
            new Planned(
                0, List.of(), List.of("what rule never of public.gone changes is not included")));
  }

  @Test
  void namesTriggersCascadesAndRowPolicies() throws Exception {
    var guarded =
        server.database(
            """
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE q (id int REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL);
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
            CREATE TRIGGER ins AFTER INSERT ON p EXECUTE FUNCTION f();
            CREATE TRIGGER del AFTER DELETE ON p FOR EACH ROW EXECUTE FUNCTION f();
            ALTER TABLE p ENABLE ROW LEVEL SECURITY;
            """);
    assertThat(((Planned) estimate(guarded, "DELETE FROM p").getFirst()).notIncluded())
        .containsExactly(
            "what trigger del of public.p changes is not included",
            "rows of public.q that a foreign key to public.p changes with it are not included",
            "row policies of public.p may let another user change other rows");
  }

  /// What the snapshot proves is not asked for again; what it does not prove is.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "CREATE TRIGGER del AFTER DELETE ON p FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TRIGGER del AFTER DELETE ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE p"
            + " DISABLE TRIGGER del",
        "CREATE RULE audit AS ON DELETE TO p DO ALSO INSERT INTO log VALUES (old.id)",
        "CREATE RULE never AS ON DELETE TO p DO INSTEAD NOTHING",
        "CREATE RULE other AS ON UPDATE TO p DO INSTEAD UPDATE log SET id = 1",
        "CREATE TABLE q (id int REFERENCES p)",
        "CREATE TABLE q (id int REFERENCES p ON DELETE RESTRICT)",
        "CREATE TABLE q (id int REFERENCES p ON DELETE CASCADE)",
        "CREATE TABLE q (id int REFERENCES p ON DELETE SET NULL)",
        "CREATE TABLE q (id int REFERENCES p ON DELETE SET DEFAULT)",
        "CREATE TABLE q (id int REFERENCES p ON UPDATE CASCADE)",
        "ALTER TABLE p ENABLE ROW LEVEL SECURITY",
        "CREATE VIEW v AS SELECT * FROM p; CREATE TRIGGER del INSTEAD OF DELETE ON v FOR EACH ROW"
            + " EXECUTE FUNCTION f(); ALTER TABLE p RENAME TO p2; ALTER VIEW v RENAME TO p",
        "CREATE TABLE app.p (id int); CREATE RULE never AS ON DELETE TO app.p DO INSTEAD NOTHING;"
            + " ALTER DATABASE {database} SET search_path = app, public",
      })
  void tellsTheSameAfterASnapshot(String change) throws Exception {
    var changed =
        server.database(
            """
            CREATE TABLE p (id int PRIMARY KEY, note text); CREATE TABLE log (id int);
            INSERT INTO p SELECT generate_series(1, 1000); CREATE SCHEMA app; ANALYZE;
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END';
            """);
    server.execute(changed, change.replace("{database}", changed));
    for (var sql :
        List.of(
            "DELETE FROM p",
            "DELETE FROM public.p; UPDATE p SET id = 1",
            "SET search_path = app, public; DELETE FROM p",
            "WITH gone AS (DELETE FROM p RETURNING id) INSERT INTO log SELECT id FROM gone")) {
      var script = server.script(sql);
      try (var session = server.open(changed)) {
        session.snapshot(Mentions.of(script), SizeBorders.DEFAULT);
        assertThat(session.estimate(script, script.statements()))
            .as(sql)
            .isEqualTo(estimate(changed, sql));
      }
    }
  }

  @Test
  void knowsFromASnapshotThatATableOfAnotherSchemaIsNotMeant() throws Exception {
    var other =
        server.database(
            """
            CREATE TABLE p (id int); CREATE SCHEMA app; CREATE TABLE app.p (id int);
            CREATE RULE never AS ON DELETE TO app.p DO INSTEAD NOTHING;
            """);
    var script = server.script("DELETE FROM p");
    try (var session = server.open(other)) {
      var without = (Planned) session.estimate(script, script.statements()).getFirst();
      session.snapshot(Mentions.of(script), SizeBorders.DEFAULT);
      var with = (Planned) session.estimate(script, script.statements()).getFirst();
      assertThat(without.notIncluded())
          .containsExactly("what rule never of app.p changes is not included");
      assertThat(with.notIncluded()).isEmpty();
      assertThat(with.tables()).isEqualTo(without.tables());
    }
  }

  @Test
  void tellsWhatIsMissing() throws Exception {
    assertThat(
            estimate(
                database,
                """
                UPDATE nowhere SET a = 1;
                UPDATE t SET nothing = 1;
                UPDATE t SET note = nofunction(1);
                UPDATE nowhere.t SET a = 1;
                INSERT INTO t (id) VALUES (1) ON CONFLICT (st) DO NOTHING;
                UPDATE t SET st = true;
                DELETE FROM t WHERE id = 7;
                """))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(new MissingObject(0, "relation \"nowhere\" does not exist")),
            second -> assertThat(second).isInstanceOf(MissingObject.class),
            third -> assertThat(third).isInstanceOf(MissingObject.class),
            fourth -> assertThat(fourth).isInstanceOf(MissingObject.class),
            fifth -> assertThat(fifth).isInstanceOf(MissingObject.class),
            sixth -> assertThat(sixth).isInstanceOf(MissingObject.class),
            last ->
                assertThat(last)
                    .isEqualTo(
                        new Planned(
                            6,
                            List.of(new TableRows(ObjectName.of("public", "t"), 1)),
                            List.of())));
  }

  @Test
  void repeatsNoValueOfAStatementThatCannotBePlanned() throws Exception {
    assertThat(estimate(database, "UPDATE t SET st = 'sesame'"))
        .singleElement()
        .isInstanceOf(NotAvailable.class)
        .asString()
        .doesNotContain("sesame")
        .contains("22P02");
  }

  private void assertRows(String sql, String table, long actual) throws Exception {
    var rows = rows(sql);
    assertThat(rows).as(sql).extracting(row -> row.table().toString()).containsExactly(table);
    assertThat(rows.getFirst().rows())
        .as(sql)
        .isBetween(actual - actual / 10, actual + actual / 10);
  }

  private void assertAtMost(String sql, String table, long most) throws Exception {
    var rows = rows(sql);
    assertThat(rows).as(sql).extracting(row -> row.table().toString()).containsExactly(table);
    assertThat(rows.getFirst().rows()).as(sql).isBetween(0L, most);
  }

  private List<TableRows> rows(String sql) throws Exception {
    var answers = estimate(database, sql);
    assertThat(answers).as(sql).singleElement().isInstanceOf(Planned.class);
    return ((Planned) answers.getFirst()).tables();
  }

  final List<RowEstimate> estimate(String name, String sql) throws Exception {
    var script = server.script(sql);
    try (var session = server.open(name)) {
      return session.estimate(script, script.statements());
    }
  }
}
