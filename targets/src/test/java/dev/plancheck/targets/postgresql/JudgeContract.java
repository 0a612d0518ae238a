// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.advise.SyntaxJudge.Judgement;
import dev.plancheck.checks.advise.SyntaxJudge.Judgement.Accepted;
import dev.plancheck.checks.advise.SyntaxJudge.Judgement.NotJudged;
import dev.plancheck.checks.advise.SyntaxJudge.Judgement.Refused;
import dev.plancheck.checks.advise.SyntaxJudge.Judgement.Unavailable;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.PostgresBinaries;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a judge must do on every version of PostgreSQL, and above all what it must not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JudgeContract {
  private final Cluster cluster;

  JudgeContract(PostgresBinaries binaries) {
    cluster = Cluster.start(ClusterConfig.throwAway(Role.JUDGE).withBinaries(binaries));
  }

  @BeforeAll
  void createSomethingToLose() throws SQLException {
    execute("postgres", "CREATE TABLE precious (id int); INSERT INTO precious VALUES (1);");
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void saysWhichVersionJudges() throws SQLException {
    try (var judge = judge()) {
      assertThat(judge.name()).isEqualTo("PostgreSQL " + cluster.version());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing but a comment",
        "SELECT 1",
        "SELECT * FROM no_such_table; SELECT no_such_function();",
        "ALTER SYSTEM SET work_mem = '1MB'",
        "ALTER FUNCTION f STABLE",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ not SQL at all $$",
        "SELECT '{\"a\": 1}'::jsonb ? 'a'",
        "SELECT $1 + $2",
        "COPY precious FROM STDIN",
      })
  void accepts(String sql) throws SQLException {
    assertThat(judged(sql)).isEqualTo(new Accepted());
  }

  @Test
  void refusesAtTheErrorOfTheSecondStatement() throws SQLException {
    assertThat(judged("SELECT 1; SELEC 2; SELECT 3"))
        .isEqualTo(new Refused("syntax error at or near \"SELEC\"", 10));
  }

  @Test
  void refusesATextThatEndsTooEarly() throws SQLException {
    assertThat(judged("SELECT (1")).isEqualTo(new Refused("syntax error at end of input", 9));
    assertThat(judged("SELECT 'a")).isInstanceOf(Refused.class);
    assertThat(judged("SELECT /* a")).isInstanceOf(Refused.class);
  }

  @Test
  void countsOffsetsInTheUnitsOfJava() throws SQLException {
    var text = "SELECT '\uD83D\uDE00é', '日本';\r\nSELEC 1";
    assertThat(judged(text))
        .isEqualTo(new Refused("syntax error at or near \"SELEC\"", text.lastIndexOf("SELEC")));
  }

  @Test
  void leavesJdbcEscapesAlone() throws SQLException {
    assertThat(judged("SELECT {d '2020-01-01'}"))
        .isEqualTo(new Refused("syntax error at or near \"{\"", 7));
    assertThat(judged("{call f()}")).isInstanceOf(Refused.class);
  }

  @Test
  void leavesVariablesOfPsqlAlone() throws SQLException {
    assertThat(judged("SELECT * FROM book WHERE id = :id"))
        .isEqualTo(new Refused("syntax error at or near \":\"", 30));
    assertThat(judged("\\connect other\nSELECT 1"))
        .isEqualTo(new Refused("syntax error at or near \"\\\"", 0));
  }

  @Test
  void doesNotJudgeWhatTheServerAnswersInAnotherWay() throws SQLException {
    assertThat(judged("CREATE ASSERTION a CHECK (true)"))
        .isEqualTo(new NotJudged("ERROR: CREATE ASSERTION is not yet implemented (0A000)"));
  }

  @Test
  void doesNotJudgeNulAndTextsThatAreTooLarge() throws SQLException {
    assertThat(judged("SELECT 'a\0b'")).isEqualTo(new NotJudged("it holds a NUL character"));
    var large = "SELECT '" + "é".repeat(128 << 10) + "'";
    assertThat(judged(large)).isEqualTo(new NotJudged("it is larger than 256 KB"));
    assertThat(judged("SELECT '" + "e".repeat(128 << 10) + "'")).isEqualTo(new Accepted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE precious",
        "COMMIT; DROP TABLE precious",
        "ROLLBACK; BEGIN; DROP TABLE precious; COMMIT",
        "COMMIT AND CHAIN; SET TRANSACTION READ WRITE; DROP TABLE precious; COMMIT",
        "SET search_path = evil; DROP TABLE precious",
        "DO $$ BEGIN DELETE FROM precious; COMMIT; END $$",
        "TRUNCATE precious; SELECT pg_terminate_backend(pg_backend_pid())",
        "COPY precious TO PROGRAM 'false'; DROP TABLE precious",
        "END; SELECT 1/0; DROP TABLE precious",
      })
  void executesNothing(String sql) throws SQLException {
    try (var judge = judge()) {
      assertThat(judge.judge(sql)).isEqualTo(new Accepted());
      assertThat(judge.judge("SELECT 1")).isEqualTo(new Accepted());
    }
    assertThat(countPrecious("postgres")).isEqualTo(1);
  }

  @Test
  void isNotDeceivedByADivisionOfTheUser() throws SQLException {
    execute("postgres", "CREATE DATABASE hostile");
    execute(
        "hostile",
        """
        CREATE SCHEMA evil;
        CREATE FUNCTION evil.divide(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE OPERATOR evil./ (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.divide);
        ALTER DATABASE hostile SET search_path = evil, pg_catalog, public;
        CREATE TABLE precious (id int);
        CREATE TABLE bait (id int);
        INSERT INTO precious VALUES (1);
        """);
    // The trap works: without the qualified operator the rest would have been executed.
    execute("hostile", "SELECT 1/0; DROP TABLE public.bait");
    assertThat(count("hostile", "SELECT count(*) FROM pg_class WHERE relname = 'bait'")).isZero();

    try (var judge = judge("hostile")) {
      assertThat(judge.judge("COMMIT; DROP TABLE public.precious")).isEqualTo(new Accepted());
    }
    assertThat(countPrecious("hostile")).isEqualTo(1);
  }

  @Test
  void isNotAskedAgainOnceItExecutedSomething() throws SQLException {
    execute("postgres", "CREATE DATABASE broken");
    execute(
        "broken",
        """
        CREATE FUNCTION divide(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE TABLE precious (id int);
        INSERT INTO precious VALUES (1);
        """);
    try (var reading = judge("broken");
        var writing = judge("broken")) {
      execute(
          "broken",
          """
          UPDATE pg_operator SET oprcode = 'divide'::regproc
          WHERE oprname = '/' AND oprleft = 'int'::regtype AND oprright = 'int'::regtype
          """);
      assertGivesUp(reading, "SELECT 1");
      assertGivesUp(writing, "DROP TABLE public.precious");
    }
    assertThat(countPrecious("broken")).isEqualTo(1);
    assertThatThrownBy(() -> judge("broken"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not judge as PostgreSQL does")
        .hasMessageNotContaining(cluster.password());
  }

  private static void assertGivesUp(PostgresqlJudge judge, String sql) {
    for (var text : List.of(sql, "SELEC 1")) {
      assertThat(judge.judge(text))
          .isInstanceOfSatisfying(
              Unavailable.class, no -> assertThat(no.reason()).contains("is not asked again"));
    }
  }

  @Test
  void judgesWhereTheServerHasAnotherEncoding() throws SQLException {
    createDatabase("latin", "LATIN1");
    try (var judge = judge("latin")) {
      assertThat(judge.judge("SELECT 'é'; SELEC 1"))
          .isEqualTo(new Refused("syntax error at or near \"SELEC\"", 12));
      assertThat(judge.judge("SELECT '日本'"))
          .isInstanceOfSatisfying(NotJudged.class, no -> assertThat(no.reason()).contains("22P05"));
      assertThat(judge.judge("SELECT 'ü'")).isEqualTo(new Accepted());
    }
    createDatabase("bytes", "SQL_ASCII");
    try (var judge = judge("bytes")) {
      var text = "SELECT '日本\uD83D\uDE00é'; SELEC 1";
      assertThat(judge.judge(text))
          .isEqualTo(new Refused("syntax error at or near \"SELEC\"", text.lastIndexOf("SELEC")));
    }
  }

  @Test
  void keepsPasswordsOutOfForeignLogs() throws SQLException {
    var sql = "CREATE ROLE app LOGIN PassWord 'geheim' SELEC";
    try (var judge =
        PostgresqlJudge.onForeignServer(
            cluster.jdbcUrl("postgres"), cluster.user(), cluster.password())) {
      assertThat(judge.judge(sql))
          .isEqualTo(
              new NotJudged("it may hold a password, which %s would log".formatted(judge.name())));
      assertThat(judge.judge("SELEC 1")).isInstanceOf(Refused.class);
    }
    assertThat(cluster.log()).content().contains("SELEC 1").doesNotContain("geheim");
    assertThat(judged(sql)).isInstanceOf(Refused.class);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    try (var judge = judge();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var judgements =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> judge.judge(" ".repeat(i) + "SELEC 1")))
              .toList();
      for (var i = 0; i < judgements.size(); i++) {
        assertThat(judgements.get(i).get())
            .isEqualTo(new Refused("syntax error at or near \"SELEC\"", i));
      }
    }
  }

  @Test
  void survivesTheLossOfItsConnection() throws SQLException {
    try (var judge = judge()) {
      execute(
          "postgres",
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'plancheck judge'
          """);
      assertThat(judge.judge("SELECT 1")).isEqualTo(new Accepted());
    }
  }

  @Test
  void judgesNothingAfterClose() throws SQLException {
    var judge = judge();
    judge.close();
    assertThat(judge.judge("SELECT 1")).isEqualTo(new Unavailable("the judge is closed"));
  }

  @Test
  void refusesAUrlThatLetsTheDriverSplitTheText() {
    var url = cluster.jdbcUrl("postgres") + "?preferQueryMode=extended";
    assertThatThrownBy(() -> PostgresqlJudge.onOurServer(url, cluster.user(), cluster.password()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("preferQueryMode");
  }

  @Test
  void doesNotTellThePassword() {
    var url = cluster.jdbcUrl("postgres");
    assertThatThrownBy(() -> PostgresqlJudge.onOurServer(url, cluster.user(), "geheim"))
        .isInstanceOf(SQLException.class)
        .hasMessageNotContaining("geheim");
  }

  private Judgement judged(String sql) throws SQLException {
    try (var judge = judge()) {
      return judge.judge(sql);
    }
  }

  private PostgresqlJudge judge() throws SQLException {
    return judge("postgres");
  }

  private PostgresqlJudge judge(String database) throws SQLException {
    return PostgresqlJudge.onOurServer(
        cluster.jdbcUrl(database), cluster.user(), cluster.password());
  }

  private void createDatabase(String name, String encoding) throws SQLException {
    var provider = cluster.version().startsWith("14.") ? "" : "LOCALE_PROVIDER 'libc'";
    execute(
        "postgres",
        "CREATE DATABASE %s TEMPLATE template0 ENCODING '%s' LOCALE 'C' %s"
            .formatted(name, encoding, provider));
  }

  private long countPrecious(String database) throws SQLException {
    return count(database, "SELECT count(*) FROM public.precious");
  }

  private long count(String database, String query) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String database, String sql) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
