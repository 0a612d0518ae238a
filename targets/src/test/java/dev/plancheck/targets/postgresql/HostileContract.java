// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.MissingRight;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts that try to break out, on every version: nothing changes, nothing hangs, no function of
/// a user runs.
///
/// Every function of these databases sleeps for longer than the limits: had one run, the answer
/// would tell of a limit.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileContract {
  private static final String FUNCTIONS =
      """
      CREATE TABLE victim (id int PRIMARY KEY, note text, secret text);
      INSERT INTO victim SELECT i, 'n' || i, 's' FROM generate_series(1, 1000) i;
      CREATE FUNCTION leak() RETURNS int IMMUTABLE LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(20); RETURN 1; END $$;
      CREATE FUNCTION leak(x anyelement) RETURNS anyelement STABLE LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(20); RETURN x; END $$;
      CREATE FUNCTION "Le ak"() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(20)';
      CREATE FUNCTION wrapped() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT leak()';
      ANALYZE;
      """;

  private final TestServer server;
  private String database = "";

  HostileContract(TestServer server) {
    this.server = server;
  }

  @BeforeAll
  void fill() throws Exception {
    database = server.database(FUNCTIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM victim WHERE id = leak()",
        "DELETE FROM victim WHERE id = leak ()",
        "DELETE FROM victim WHERE id = leak/**/()",
        "DELETE FROM victim WHERE id = leak -- x\n()",
        "DELETE FROM victim WHERE id = LEAK()",
        "DELETE FROM victim WHERE id = public.leak()",
        "DELETE FROM victim WHERE id = \"leak\"()",
        "DELETE FROM victim WHERE id = \"Le ak\"()",
        "DELETE FROM victim WHERE note = 'a\"b' AND id = \"Le ak\"() AND secret = '\"'",
        "DELETE FROM victim WHERE id = U&\"l\\0065ak\"()",
        "DELETE FROM victim WHERE id = wrapped()",
        "DELETE FROM victim v WHERE id = (v.id).leak",
        "UPDATE victim SET id = leak(1)",
        "INSERT INTO victim VALUES (leak())",
        "WITH gone AS (DELETE FROM victim WHERE id = leak() RETURNING 1) SELECT 1 FROM gone",
        "INSERT INTO victim SELECT leak() FROM victim",
      })
  void doesNotPlanACallOfAUsersFunction(String sql) throws Exception {
    assertThat(estimate(database, sql))
        .as(sql)
        .singleElement()
        .isInstanceOfSatisfying(
            NotAvailable.class,
            answer -> assertThat(answer.reason()).containsAnyOf("calls ", "hides"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // In a view, a view on it, a rule, a default, an index, a constraint of a child.
        "CREATE VIEW v AS SELECT * FROM victim WHERE id = leak(); DELETE FROM v",
        "CREATE VIEW v AS SELECT * FROM victim WHERE id = leak(); CREATE VIEW w AS SELECT * FROM v;"
            + " UPDATE w SET note = ''",
        "CREATE RULE r AS ON DELETE TO victim DO ALSO UPDATE victim SET note = 'x' WHERE id ="
            + " leak(); DELETE FROM victim",
        "ALTER TABLE victim ALTER id SET DEFAULT leak(); INSERT INTO victim (note) VALUES ('x')",
        "ALTER TABLE victim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON"
            + " victim USING (id = leak()); DELETE FROM victim",
        "CREATE FUNCTION same(int, int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM"
            + " pg_sleep(20); RETURN true; END'; CREATE OPERATOR === (LEFTARG = int, RIGHTARG ="
            + " int, FUNCTION = same, RESTRICT = eqsel); DELETE FROM victim WHERE id === 3",
        "CREATE TYPE pair AS (a int); CREATE FUNCTION make(text) RETURNS pair IMMUTABLE LANGUAGE"
            + " plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN null; END'; CREATE CAST (text AS"
            + " pair) WITH FUNCTION make(text); UPDATE victim SET id = ('x'::text::pair).a",
        "CREATE DOMAIN d AS int DEFAULT leak(); CREATE TABLE other (id int, x d); INSERT INTO other"
            + " (id) VALUES (1)",
        "CREATE TABLE child (CHECK (id <> leak())) INHERITS (victim); DELETE FROM victim WHERE id ="
            + " 7",
      })
  void doesNotPlanWhatHidesAUsersFunction(String sql) throws Exception {
    var last = sql.lastIndexOf("; ");
    var copy = server.copy(database);
    // Creating these runs nothing, but planning would.
    server.execute(copy, sql.substring(0, last));

    assertThat(estimate(copy, sql.substring(last + 2)))
        .as(sql)
        .singleElement()
        .isInstanceOfSatisfying(
            NotAvailable.class, answer -> assertThat(answer.reason()).startsWith("uses "));
  }

  @Test
  void plansTheServersOwnFunctionsWhateverElseTheDatabaseHolds() throws Exception {
    assertThat(estimate(database, "UPDATE victim SET note = lower(secret) WHERE id < abs(-10)"))
        .singleElement()
        .isInstanceOf(Planned.class);
  }

  @Test
  void noticesAFunctionThatTheSearchPathPutsBeforeTheServersOwn() throws Exception {
    var copy = server.copy(database);
    server.execute(
        copy,
        """
        CREATE SCHEMA evil;
        CREATE FUNCTION evil.lower(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(20); RETURN 1; END';
        CREATE FUNCTION evil.set_config(text, text, bool) RETURNS text VOLATILE LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(20); RETURN 1; END';
        CREATE FUNCTION evil.eq(text, text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(20); RETURN true; END';
        CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.eq);
        CREATE TYPE evil.text AS (a int);
        CREATE TABLE evil.pg_class (oid oid, relname name);
        """);
    assertThat(
            estimate(
                copy,
                """
                SET search_path = evil, pg_catalog, public;
                DELETE FROM victim WHERE note = lower('A');
                DELETE FROM victim WHERE note = 'a';
                """))
        .extracting(answer -> answer.getClass().getSimpleName())
        .containsExactly("NotAvailable", "NotAvailable", "NotAvailable");
    server.execute(
        "postgres", "ALTER DATABASE %s SET search_path = evil, pg_catalog, public".formatted(copy));
    var snapshot = server.snapshot(copy, "ALTER TABLE victim ADD x int");
    assertThat(snapshot.schema().searchPath()).containsExactly("evil", "pg_catalog", "public");
    assertThat(snapshot.schema().table(ObjectName.of("victim"))).isPresent();
    assertThat(estimate(copy, "DELETE FROM victim WHERE id = 7"))
        .singleElement()
        .isInstanceOf(NotAvailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET transaction_read_only = off",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "SET default_transaction_read_only = off",
        "SET statement_timeout = 0",
        "SET LOCAL lock_timeout = 0",
        "RESET ALL",
        "DISCARD ALL",
        "COMMIT",
        "ROLLBACK",
        "ROLLBACK TO SAVEPOINT plancheck",
        "RELEASE SAVEPOINT plancheck",
        "SET ROLE 'none; DROP TABLE victim'",
        "SET ROLE \"x\"\"; DROP TABLE victim; --\"",
        "SET search_path = 'x; DROP TABLE victim; --', public",
        "SET search_path = \"x\"\"; DROP TABLE victim; --\", public",
        "DROP TABLE victim",
        "TRUNCATE victim",
        "DELETE FROM victim; DELETE FROM victim",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "EXPLAIN ANALYZE DELETE FROM victim",
      })
  void changesNothingWhateverTheScriptSets(String hostile) throws Exception {
    var start = System.nanoTime();
    var sql = hostile + ";\nDELETE FROM victim WHERE id < 100;\nUPDATE victim SET note = '!';";

    var answers = estimate(database, sql);

    assertThat(answers).hasSize(server.script(sql).statements().size());
    assertThat(server.query(database, "SELECT count(*) || max(note) FROM victim"))
        .isEqualTo("1000n999");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM victim; COMMIT; DELETE FROM victim",
        "DELETE FROM victim WHERE note = '\\'; COMMIT; DELETE FROM victim; --'",
        "ANALYZE DELETE FROM victim",
        "(ANALYZE) DELETE FROM victim",
        "DELETE FROM victim WHERE note = $$ ; COMMIT; $$; DROP TABLE victim",
        "/* a */ DELETE FROM victim; DROP TABLE victim",
        "CREATE TABLE copied AS SELECT * FROM victim",
      })
  void sendsNoMoreThanOneCommandEvenWhenAStatementWasCutWrongly(String text) throws Exception {
    var everything = new Span(0, text.length());
    var delete =
        new Statement.Delete(
            ObjectName.of("victim"), null, new Query(List.of(), List.of(), List.of()));
    var statement = new ScriptStatement(0, everything, delete);
    var script = new Script(new SourceText(text), server.version(), List.of(statement), List.of());
    try (var session = server.open(database)) {
      assertThat(session.estimate(script, List.of(statement))).hasSize(1);
    }
    assertThat(server.query(database, "SELECT count(*) FROM victim")).isEqualTo("1000");
    assertThat(server.query(database, "SELECT to_regclass('copied') IS NULL")).isEqualTo("t");
  }

  @Test
  void takesTheScriptsRole() throws Exception {
    var role = "reader" + server.version().major();
    var copy = server.copy(database);
    server.execute(copy, "CREATE ROLE %1$s; GRANT SELECT ON victim TO %1$s".formatted(role));
    assertThat(
            estimate(
                copy,
                """
                BEGIN;
                SET LOCAL ROLE %s;
                DELETE FROM victim WHERE id = 1;
                COMMIT;
                DELETE FROM victim WHERE id = 1;
                """
                    .formatted(role)))
        .satisfiesExactly(
            begin -> {},
            set -> {},
            first ->
                assertThat(first)
                    .isInstanceOfSatisfying(
                        MissingRight.class,
                        answer ->
                            assertThat(answer.reason())
                                .contains(
                                    "permission denied for table victim", "GRANT SELECT, DELETE")),
            commit -> {},
            last -> assertThat(last).isInstanceOf(Planned.class));
  }

  @Test
  void namesTheMissingGrant() throws Exception {
    var role = "poor" + server.version().major();
    var copy = server.copy(database);
    server.execute(copy, "CREATE ROLE %s LOGIN PASSWORD 'x'".formatted(role));
    var script = server.script("UPDATE victim SET note = ''");
    try (var session = server.openAs(role, "x", copy)) {
      assertThat(session.estimate(script, script.statements()))
          .singleElement()
          .isInstanceOfSatisfying(
              MissingRight.class,
              answer ->
                  assertThat(answer.reason())
                      .isEqualTo(
                          "permission denied for table victim; planning needs the rights of the"
                              + " statement: GRANT SELECT, UPDATE ON victim TO "
                              + role));
      assertThat(session.snapshot(Mentions.of(script), SizeBorders.DEFAULT).schema().tables())
          .hasSize(1);
    }
  }

  @Test
  void doesNotWaitForLocks() throws Exception {
    var copy = server.copy(database);
    try (var other = server.cluster().connect(copy);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE victim IN ACCESS EXCLUSIVE MODE");
      var start = System.nanoTime();
      assertThat(estimate(copy, "SET lock_timeout = 0; DELETE FROM victim"))
          .last()
          .isInstanceOfSatisfying(
              NotAvailable.class, answer -> assertThat(answer.reason()).contains("lock"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private List<RowEstimate> estimate(String name, String sql) throws Exception {
    var script = server.script(sql);
    try (var session = server.open(name)) {
      return session.estimate(script, script.statements());
    }
  }
}
