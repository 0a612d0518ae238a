// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements that would do something if they, or an EXPLAIN of them, were run: none is. Each calls
/// a function that writes a row into `trace`, or sleeps, or writes a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileCountContract {
  private final MysqlServers server;
  private CountRig rig;

  HostileCountContract(MysqlServers server) {
    this.server = server;
    this.rig = new CountRig(server, "");
  }

  @BeforeAll
  void make() throws Exception {
    var body =
        " RETURNS int DETERMINISTIC MODIFIES SQL DATA BEGIN INSERT INTO trace VALUES (1); RETURN 1;"
            + " END";
    var database =
        server.freshDatabase(
            "CREATE TABLE trace (n int) ENGINE = InnoDB",
            "CREATE TABLE book (id int PRIMARY KEY, a int, b varchar(20))",
            "INSERT INTO book VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z')",
            "CREATE TABLE log (id int)",
            "SET GLOBAL log_bin_trust_function_creators = 1");
    server.execute(
        database,
        "CREATE FUNCTION f()" + body,
        "CREATE FUNCTION `count`(x int)" + body,
        "CREATE FUNCTION `lower`(x int)" + body,
        "CREATE VIEW seen AS SELECT f() AS id",
        "CREATE VIEW shelf AS SELECT * FROM book WHERE a = f()",
        "CREATE VIEW plain AS SELECT * FROM book");
    rig = new CountRig(server, database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM book WHERE f() = 1",
        "DELETE FROM book WHERE `f`() = 1",
        "DELETE FROM book WHERE f () = 1",
        "DELETE FROM book WHERE f/**/() = 1",
        "DELETE FROM book WHERE {database}.f() = 1",
        "DELETE FROM book WHERE {database} . lower(1) = 1",
        "DELETE FROM book WHERE count (1) = 1",
        "DELETE FROM book WHERE id IN (SELECT f())",
        "DELETE FROM book WHERE id IN (SELECT id FROM (SELECT f() AS id) AS d)",
        "DELETE FROM book WHERE id IN (SELECT id FROM seen)",
        "DELETE FROM book WHERE EXISTS (SELECT 1 FROM seen AS book)",
        "DELETE seen FROM book AS seen WHERE EXISTS (SELECT 1 FROM seen)",
        "DELETE FROM shelf",
        "UPDATE shelf SET b = 'x'",
        "UPDATE book JOIN seen ON seen.id = book.id SET book.b = 'x'",
        "UPDATE book SET a = f() WHERE id = 1",
        "UPDATE book SET b = 'x' WHERE id = 1 ORDER BY f() LIMIT 1",
        "INSERT INTO log SELECT f()",
        "INSERT INTO log SELECT id FROM book WHERE a = f()",
        "INSERT INTO log SELECT id FROM seen",
        "INSERT INTO log SELECT id FROM book ON DUPLICATE KEY UPDATE id = f()",
        "INSERT INTO log SELECT 1 FROM book GROUP BY f()",
        "DELETE FROM book WHERE id = 1 /*!50000 OR f() = 1 */",
        "DELETE FROM book WHERE id = 1 OR /*! f() */ = 1",
        "DELETE FROM book WHERE sleep(3)",
        "DELETE FROM book WHERE SLEEP(3) = 0 OR benchmark(100000000, md5('x'))",
        "DELETE FROM book WHERE get_lock('plancheck', 3) = 1",
        "DELETE FROM book WHERE b = load_file('/etc/hostname')",
        "DELETE FROM book WHERE (@x := f()) = 1",
        "DELETE FROM book WHERE id = @x",
        "INSERT INTO log SELECT id FROM book FOR UPDATE",
        "INSERT INTO log SELECT id FROM book LOCK IN SHARE MODE",
        "INSERT INTO log SELECT id INTO OUTFILE '{file}' FROM book",
        "INSERT INTO log (id) SELECT id FROM book INTO DUMPFILE '{file}'",
        "DELETE FROM book WHERE id = ROW(f(), 1)",
        "DELETE FROM book WHERE {fn f()} = 1",
        "DELETE FROM book WHERE id = 1--/**/ 2 OR f() = 1",
        "DELETE FROM book WHERE b = \"x\" OR f() = \"1\"",
        "DELETE FROM book PARTITION (p0) WHERE f() = 1",
        "WITH d AS (SELECT f() AS id) DELETE FROM book WHERE id IN (SELECT id FROM d)",
        "WITH seen AS (SELECT 1 AS id) DELETE FROM book WHERE id IN (SELECT id FROM seen)",
      })
  void runsNothingOfIt(String hostile) throws Exception {
    assertThat(harmlessly(hostile)).doesNotHaveAnyElementsOfTypes(Planned.class);
  }

  /// What only looks as if it called something is counted: strings, other statements of the script,
  /// comments that the server at hand does not run.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM book WHERE b = '\\' OR f() = 1 -- '",
        "DELETE FROM book WHERE b = 'sleep(3)' OR b = 'f()' /* f() */",
        "DELETE FROM book WHERE id = 1; INSERT INTO trace VALUES (f())",
        "DELETE FROM book WHERE id = 1 /*!99999 OR f() = 1 */",
      })
  void countsWhatIsNoCall(String sql) throws Exception {
    assertThat(harmlessly(sql).getFirst()).isInstanceOf(Planned.class);
  }

  private List<RowEstimate> harmlessly(String hostile) throws Exception {
    var file = Path.of(System.getProperty("java.io.tmpdir"), "plancheck-" + rig.database());
    var sql = hostile.replace("{database}", rig.database()).replace("{file}", file.toString());
    var begun = System.nanoTime();

    var answers = rig.estimate(sql);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(server.query(rig.database(), "SELECT count(*) FROM trace")).isEqualTo("0");
    assertThat(server.query(rig.database(), "SELECT count(*) FROM book")).isEqualTo("3");
    assertThat(server.query("", "SELECT is_free_lock('plancheck')")).isEqualTo("1");
    assertThat(Files.exists(file)).isFalse();
    return answers;
  }

  /// Else the other tests would prove nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f()",
        "SELECT {database}.lower(1)",
        "SELECT * FROM seen",
        "DELETE FROM shelf",
      })
  void whoeverRunsOneLeavesATrace(String sql) throws Exception {
    try (var connection = server.connect(rig.database());
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql.replace("{database}", rig.database()));
      try (var rows = statement.executeQuery("SELECT count(*) > 0 FROM trace")) {
        rows.next();
        assertThat(rows.getBoolean(1)).isTrue();
      }
      connection.rollback();
    }
  }

  @Test
  void aFunctionWithTheNameOfABuiltInOneIsNotTakenForIt() throws Exception {
    assertThat(rig.estimate("DELETE FROM book WHERE lower(b) = 'x'"))
        .hasOnlyElementsOfType(Planned.class);
    assertThat(server.query(rig.database(), "SELECT count(*) FROM trace")).isEqualTo("0");
  }

  @Test
  void aViewIsNoTableEvenIfItIsHarmless() throws Exception {
    assertThat(rig.estimate("DELETE FROM plain"))
        .containsExactly(new NotAvailable(0, "plain is a view, which may call functions"));
    assertThat(rig.estimate("DELETE FROM book WHERE id IN (SELECT id FROM plain)"))
        .containsExactly(new NotAvailable(0, "plain is a view, which may call functions"));
  }

  /// Even what got through would be stopped: the session itself cannot write.
  @ParameterizedTest
  @ValueSource(strings = {"SELECT f()", "EXPLAIN SELECT * FROM book WHERE a = f()"})
  void theSessionCannotWrite(String sql) throws Exception {
    try (var connection = server.connect(rig.database())) {
      var line = Readying.ready(connection, null, CountRig.LIMITS);
      try {
        line.attempt(sql);
      } catch (SQLException e) {
        assertThat(e.getErrorCode()).isEqualTo(1792);
      }
      assertThat(server.query(rig.database(), "SELECT count(*) FROM trace")).isEqualTo("0");
    }
  }
}
