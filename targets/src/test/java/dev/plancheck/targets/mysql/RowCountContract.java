// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.Basis;
import dev.plancheck.checks.target.RowEstimate.MissingObject;
import dev.plancheck.checks.target.RowEstimate.MissingRight;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many rows a statement would change, on every server, compared with what it changes when it
/// is run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RowCountContract {
  private static final ObjectName T = ObjectName.of(ObjectName.HERE, "t");
  private static final ObjectName C = ObjectName.of(ObjectName.HERE, "c");

  private final MysqlServers server;
  private CountRig rig;

  RowCountContract(MysqlServers server) {
    this.server = server;
    this.rig = new CountRig(server, "");
  }

  @BeforeAll
  void fill() throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE digit (d int PRIMARY KEY)",
            "INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
            "CREATE TABLE c (id int PRIMARY KEY, region int)",
            """
            INSERT INTO c SELECT 1 + e.d + 10 * f.d + 100 * g.d, f.d FROM digit e, digit f, digit g
            """,
            """
            CREATE TABLE t (
              id int PRIMARY KEY, c int, st int, amt int, note varchar(20), KEY (st), KEY (note))
            """,
            """
            INSERT INTO t
            SELECT n, 1 + n % 1000, n % 5, n % 1000, IF(n % 97 = 0, NULL, CONCAT('n', n % 91))
            FROM (SELECT 1 + e.d + 10 * f.d + 100 * g.d + 1000 * h.d AS n
              FROM digit e, digit f, digit g, digit h) AS numbers
            """,
            "CREATE TABLE archive (id int, c int, st int, amt int, note varchar(20))",
            "CREATE TABLE keyless (c int)",
            "INSERT INTO keyless SELECT id FROM c WHERE region = 3",
            "ANALYZE TABLE t, c");
    rig = new CountRig(server, database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t WHERE st = 3 AND amt = 77",
        "UPDATE t SET note = 'x' WHERE st = 3",
        "UPDATE t SET note = 'x'",
        "UPDATE t SET note = 'x' WHERE note IS NULL",
        "DELETE FROM t WHERE note LIKE 'n1%'",
        "DELETE FROM t WHERE id BETWEEN 500 AND 1499",
        "UPDATE t SET amt = amt + 1 WHERE amt % 7 = 0",
        "DELETE FROM t WHERE st = 1 ORDER BY amt DESC, id LIMIT 50",
        "DELETE FROM t WHERE st = 1 LIMIT 1000000",
        "DELETE FROM t LIMIT 0",
        "UPDATE t SET note = 'x' WHERE false",
        "DELETE FROM t WHERE c IN (SELECT id FROM c WHERE region = 3)",
        "DELETE FROM c WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.c = c.id AND t.st = 2)",
        "UPDATE t SET note = (SELECT max(region) FROM c) WHERE id < 10",
        "UPDATE t a JOIN c ON c.id = a.c SET a.note = 'x' WHERE c.region = 3",
        "UPDATE t, c SET t.note = 'x', c.region = 77 WHERE t.c = c.id AND c.region = 3",
        "DELETE t FROM t JOIN c ON c.id = t.c WHERE c.region = 3",
        "DELETE FROM t, c USING t JOIN c ON c.id = t.c WHERE c.region = 3 AND t.st = 1",
        "DELETE t, x FROM t LEFT JOIN c AS x ON x.id = t.c AND x.region = 4 WHERE t.amt < 50",
        "DELETE t FROM t JOIN (SELECT id FROM c WHERE region = 1) AS d ON d.id = t.c",
        "INSERT INTO archive SELECT * FROM t WHERE st = 4",
        "INSERT INTO archive (id) SELECT c FROM t WHERE st = 4 LIMIT 7",
        "INSERT INTO archive (id) SELECT DISTINCT st FROM t",
        "INSERT INTO archive (id, c) SELECT st, count(*) FROM t GROUP BY st HAVING count(*) > 1",
        "INSERT INTO archive (id) SELECT max(id) FROM t",
        "INSERT INTO archive (id) SELECT id FROM c WHERE region = 1 UNION SELECT id FROM t",
      })
  void countsWhatTheStatementReallyChanges(String sql) throws Exception {
    var rows = rows(sql);

    assertThat(rows.stream().mapToLong(TableRows::rows).sum()).isEqualTo(rig.run(sql));
    assertThat(rows).extracting(TableRows::basis).containsOnly(Basis.COUNTED);
  }

  @Test
  void countsTheRowsOfEachTableOfAJoin() throws Exception {
    assertThat(
            rows("DELETE FROM t, c USING t JOIN c ON c.id = t.c WHERE c.region = 3 AND t.st = 1"))
        .containsExactly(new TableRows(T, 200, Basis.COUNTED), new TableRows(C, 20, Basis.COUNTED));
  }

  @Test
  void keepsTheNameOfADatabaseThatIsWritten() throws Exception {
    assertThat(rows("DELETE FROM %s.t WHERE st = 1".formatted(rig.database())))
        .containsExactly(new TableRows(ObjectName.of(rig.database(), "t"), 2_000, Basis.COUNTED));
  }

  @Test
  void endsAtItsNumber() throws Exception {
    assertThat(rows("DELETE FROM t WHERE st = 1", 100))
        .containsExactly(new TableRows(T, 101, Basis.AT_LEAST));
    assertThat(rows("DELETE FROM t WHERE st = 1 LIMIT 500", 100))
        .containsExactly(new TableRows(T, 101, Basis.AT_LEAST));
    assertThat(rows("DELETE FROM t WHERE st = 1 LIMIT 100", 100))
        .containsExactly(new TableRows(T, 100, Basis.COUNTED));
    assertThat(rows("DELETE FROM t WHERE id <= 100", 100))
        .containsExactly(new TableRows(T, 100, Basis.COUNTED));
    assertThat(rows("UPDATE t JOIN c ON c.id = t.c SET t.amt = 1", 100))
        .extracting(TableRows::table, TableRows::basis)
        .containsExactly(tuple(T, Basis.AT_LEAST));
  }

  @Test
  void estimatesWhatTakesTooLong() throws Exception {
    assertThat(
            slowly(
                "UPDATE t SET note = 'x'"
                    + " WHERE (SELECT count(*) FROM t a, t b WHERE a.amt + b.amt = -t.id) > 0"))
        .isInstanceOfSatisfying(
            Planned.class,
            planned ->
                assertThat(planned.tables())
                    .singleElement()
                    .satisfies(row -> assertThat(row.basis()).isEqualTo(Basis.ESTIMATED))
                    .satisfies(row -> assertThat(row.rows()).isBetween(1L, 15_000L)));
  }

  /// Subqueries that do not depend on the row tempt the planner to run them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t WHERE 0 < (SELECT count(*) FROM t a, t b, t d WHERE a.amt + b.amt = -d.amt -"
            + " 1)",
        "DELETE FROM t WHERE id IN (SELECT * FROM (SELECT count(*) FROM t a, t b, t d"
            + " WHERE a.amt + b.amt = -d.amt - 1) AS x)",
        "DELETE t FROM t JOIN (SELECT count(*) AS n FROM t a, t b, t d"
            + " WHERE a.amt + b.amt = -d.amt - 1) AS x ON x.n = t.id",
        "INSERT INTO archive (id) SELECT count(*) FROM t a, t b, t d WHERE a.amt + b.amt = -d.amt -"
            + " 1",
      })
  void neverTakesLongerThanAllowed(String sql) throws Exception {
    assertThat(slowly(sql)).isNotNull();
  }

  private RowEstimate slowly(String sql) throws Exception {
    var limits = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(1));
    var begun = System.nanoTime();
    var answer = rig.estimate(sql, 100, limits).getFirst();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    return answer;
  }

  @Test
  void estimatesWhereACountWouldLockTheTableOrHasNoKey() throws Exception {
    var locking =
        new CountRig(
            server,
            server.freshDatabase(
                "CREATE TABLE t (id int PRIMARY KEY) ENGINE = MyISAM",
                "INSERT INTO t VALUES (1), (2), (3)"));

    assertThat(((Planned) locking.estimate("DELETE FROM t").getFirst()).tables())
        .containsExactly(new TableRows(T, 3, Basis.ESTIMATED));
    assertThat(rows("DELETE keyless FROM keyless JOIN c ON c.id = keyless.c"))
        .extracting(TableRows::basis)
        .containsExactly(Basis.ESTIMATED);
  }

  @Test
  void rowsThatMayConflictAreAtMost() throws Exception {
    var archive = ObjectName.of(ObjectName.HERE, "archive");
    for (var sql :
        List.of(
            "INSERT IGNORE INTO archive SELECT * FROM t WHERE st = 4",
            "REPLACE INTO archive SELECT * FROM t WHERE st = 4",
            "INSERT INTO archive SELECT * FROM t WHERE st = 4 ON DUPLICATE KEY UPDATE st = 1")) {
      assertThat(rows(sql)).containsExactly(new TableRows(archive, 2_000, Basis.AT_MOST));
      assertThat(rig.estimate(sql, 10, CountRig.LIMITS))
          .containsExactly(
              new NotAvailable(0, "it inserts more than 10 rows, of which some may conflict"));
    }
  }

  @Test
  void namesTriggersAndCascades() throws Exception {
    var guarded =
        new CountRig(
            server,
            server.freshDatabase(
                "CREATE TABLE p (id int PRIMARY KEY, a int)",
                """
                CREATE TABLE q (id int PRIMARY KEY, p int,
                  FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL)
                """,
                "CREATE TABLE r (p int, FOREIGN KEY (p) REFERENCES p (id))",
                "CREATE TRIGGER del AFTER DELETE ON p FOR EACH ROW SET @gone = old.id"));
    var cascade = "rows of q that a foreign key to p changes with it are not included";

    assertThat(notIncluded(guarded, "DELETE FROM p"))
        .containsExactly("what trigger del of p changes is not included", cascade);
    assertThat(notIncluded(guarded, "UPDATE p SET id = 1")).containsExactly(cascade);
    assertThat(notIncluded(guarded, "UPDATE p SET a = 1")).isEmpty();
    assertThat(notIncluded(guarded, "DELETE FROM q")).isEmpty();
  }

  @Test
  void tellsWhatIsMissing() throws Exception {
    var answers =
        rig.estimate(
            """
            UPDATE nowhere SET a = 1;
            UPDATE t SET nothing = 1 WHERE nothing = 2;
            DELETE FROM nodatabase.t;
            UPDATE t USE INDEX (noindex) SET note = 'x' WHERE st = 1;
            DELETE FROM t WHERE id = 7;
            INSERT INTO made_by_the_script SELECT id FROM c WHERE region = 3;
            """);

    assertThat(answers.subList(0, 4)).hasOnlyElementsOfType(MissingObject.class);
    assertThat(((MissingObject) answers.getFirst()).message())
        .contains("nowhere")
        .doesNotContain("conn=");
    assertThat(answers.get(4))
        .isEqualTo(new Planned(4, List.of(new TableRows(T, 1, Basis.COUNTED)), List.of()));
    assertThat(answers.get(5))
        .isEqualTo(
            new Planned(
                5,
                List.of(
                    new TableRows(
                        ObjectName.of(ObjectName.HERE, "made_by_the_script"), 100, Basis.COUNTED)),
                List.of()));
  }

  @Test
  void namesTheRightThatIsMissing() throws Exception {
    var user = "reader_" + rig.database();
    server.execute(
        rig.database(),
        "CREATE USER '%s'@'127.0.0.1' IDENTIFIED BY 'sesame'".formatted(user),
        "GRANT SELECT ON %s.c TO '%s'@'127.0.0.1'".formatted(rig.database(), user));
    var url = server.server().jdbcUrl(rig.database()) + "&allowPublicKeyRetrieval=true";
    var answers =
        rig.estimate(
            DriverManager.getConnection(url, user, "sesame"),
            "DELETE FROM t WHERE id = 7; DELETE FROM c WHERE id = 7",
            100,
            CountRig.LIMITS);

    assertThat(answers.getFirst())
        .isInstanceOf(MissingRight.class)
        .asString()
        .contains("GRANT SELECT ON `%s`.`t` TO '%s'@'127.0.0.1'".formatted(rig.database(), user));
    assertThat(answers.get(1))
        .isEqualTo(new Planned(1, List.of(new TableRows(C, 1, Basis.COUNTED)), List.of()));
  }

  @Test
  void waitsForALockNoLongerThanAllowed() throws Exception {
    try (var other = server.connect(rig.database());
        var statement = other.createStatement()) {
      statement.execute("LOCK TABLES keyless WRITE");
      var begun = System.nanoTime();

      assertThat(rig.estimate("DELETE FROM keyless"))
          .containsExactly(
              new NotAvailable(
                  0, "another session held a lock that counting needs, for more than 1 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void isNotKeptWaitingByRowsThatOthersHold() throws Exception {
    try (var other = server.connect(rig.database());
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE c SET region = region + 1");

      assertThat(rows("DELETE FROM c WHERE region = 3"))
          .containsExactly(new TableRows(C, 100, Basis.COUNTED));
      other.rollback();
    }
  }

  @Test
  void countsNothingThatAnEarlierStatementOfTheScriptWouldChange() throws Exception {
    assertRefused(
        "USE mysql; DELETE FROM t", "it runs after USE mysql, which is not repeated here");
    assertRefused(
        "SET sql_mode = ''; DELETE FROM t",
        "it runs after SET sql_mode, which is not repeated here");
    assertRefused(
        "CREATE TEMPORARY TABLE t (id int); DELETE FROM t",
        "the script itself makes the temporary table t");
    assertThat(rig.estimate("SET foreign_key_checks = 0, @x = 1; DELETE FROM t WHERE id = 7"))
        .hasOnlyElementsOfType(Planned.class);
  }

  @Test
  void isNotMisledByTheModeOfTheServer() throws Exception {
    server.execute("", "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'");
    try {
      assertRefused(
          "DELETE FROM t WHERE note = '\\' OR id = 7 -- '",
          "the server's sql_mode gives its quotes or backslashes another meaning");
      assertThat(rows("DELETE FROM t WHERE note = 'x' OR id = 7"))
          .containsExactly(new TableRows(T, 1, Basis.COUNTED));
    } finally {
      server.execute("", "SET GLOBAL sql_mode = DEFAULT");
    }
  }

  private void assertRefused(String sql, String reason) throws Exception {
    assertThat(rig.estimate(sql))
        .singleElement()
        .isInstanceOfSatisfying(
            NotAvailable.class, answer -> assertThat(answer.reason()).isEqualTo(reason));
  }

  private static List<String> notIncluded(CountRig rig, String sql) throws Exception {
    return ((Planned) rig.estimate(sql).getFirst()).notIncluded();
  }

  private List<TableRows> rows(String sql) throws Exception {
    return rows(sql, RowCounter.MOST_COUNTED);
  }

  private List<TableRows> rows(String sql, long mostCounted) throws Exception {
    List<RowEstimate> answers = rig.estimate(sql, mostCounted, CountRig.LIMITS);
    assertThat(answers).as(sql).singleElement().isInstanceOf(Planned.class);
    return ((Planned) answers.getFirst()).tables();
  }
}
