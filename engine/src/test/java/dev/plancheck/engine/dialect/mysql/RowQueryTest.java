// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.dialect.mysql.RowQuery.Changed;
import dev.plancheck.engine.dialect.mysql.RowQuery.Refused;
import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowQueryTest {
  private static final List<EngineVersion> VERSIONS =
      List.of(
          new EngineVersion(Engine.MYSQL, 5, 7),
          new EngineVersion(Engine.MYSQL, 8, 0),
          new EngineVersion(Engine.MARIADB, 10, 11));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE book SET a = 1|SELECT 1 FROM book",
        "UPDATE LOW_PRIORITY IGNORE book b SET b.a = 1 WHERE b.c > 5 ORDER BY d|"
            + "SELECT 1 FROM book b WHERE b.c > 5",
        "update shop.book set a=f, b=upper(b) where c like 'x%'|"
            + "SELECT 1 FROM shop.book where c like 'x%'",
        "DELETE FROM book|SELECT 1 FROM book",
        "DELETE QUICK FROM book PARTITION (p0, p1) WHERE a IN (1,2)|"
            + "SELECT 1 FROM book PARTITION (p0, p1) WHERE a IN (1,2)",
        "DELETE FROM book WHERE a/**/=/* x */1|SELECT 1 FROM book WHERE a = 1",
        "DELETE FROM book WHERE a = '; -- /*' AND `b;` = \"#\"|"
            + "SELECT 1 FROM book WHERE a = '; -- /*' AND `b;` = \"#\"",
        "INSERT INTO log (a, b) SELECT a, uuid() FROM book WHERE c = 1 ORDER BY d|"
            + "SELECT 1 FROM book WHERE c = 1",
        "INSERT INTO log SELECT a FROM book ON DUPLICATE KEY UPDATE a = VALUES(a)|"
            + "SELECT 1 FROM book",
        "INSERT INTO log (SELECT a FROM book b JOIN loan l ON l.b = b.id)|"
            + "SELECT 1 FROM book b JOIN loan l ON l.b = b.id",
        "REPLACE INTO log SELECT count(*) FROM book|"
            + "SELECT 1 FROM ( SELECT count(*) FROM book ) AS plancheck_query",
        "INSERT INTO log SELECT a FROM book GROUP BY a|"
            + "SELECT 1 FROM ( SELECT a FROM book GROUP BY a ) AS plancheck_query",
        "INSERT INTO log SELECT a FROM book LIMIT 3|"
            + "SELECT 1 FROM ( SELECT a FROM book LIMIT 3 ) AS plancheck_query",
        "INSERT INTO log SELECT a FROM book UNION ALL SELECT b FROM loan|"
            + "SELECT 1 FROM ( SELECT a FROM book UNION ALL SELECT b FROM loan )"
            + " AS plancheck_query",
        "INSERT INTO log SELECT 1, 2|SELECT 1 FROM ( SELECT 1, 2 ) AS plancheck_query",
        "UPDATE book SET n = (SELECT max(x) FROM loan) WHERE id = ANY (SELECT b FROM loan)|"
            + "SELECT 1 FROM book WHERE id = ANY (SELECT b FROM loan)",
      })
  void aQueryAsksForTheRowsOfTheStatement(String statement, String query) {
    for (var version : VERSIONS) {
      var asked = asked(statement, version);
      assertThat(asked.select("1")).as(version.toString()).isEqualTo(query);
      assertThat(asked.limit()).isNull();
    }
  }

  @Test
  void noCommentIsLeftOfTheStatement() {
    var statement =
        "DELETE /* 1 */ FROM book -- two\n WHERE a = 1 # three\n AND /*+ set_var(x = 4) */ b = 2";
    for (var version : VERSIONS) {
      assertThat(asked(statement, version).select("1"))
          .isEqualTo("SELECT 1 FROM book WHERE a = 1 AND b = 2");
    }
  }

  @Test
  void tellsTheLimitTheTableAndWhatIsRead() {
    for (var version : VERSIONS) {
      assertThat(asked("UPDATE shop.book b SET a = 1 WHERE c = 2 ORDER BY d LIMIT 7", version))
          .isEqualTo(
              new Asked(
                  "",
                  "FROM shop.book b WHERE c = 2",
                  7L,
                  false,
                  List.of(new Changed(ObjectName.of("shop", "book"), "`b`")),
                  List.of(ObjectName.of("shop", "book")),
                  List.of()));
      assertThat(asked("INSERT INTO log SELECT a FROM book WHERE x IN (TABLE_B.y)", version))
          .extracting(Asked::changed, Asked::tables)
          .containsExactly(
              List.of(new Changed(ObjectName.of("log"), "")), List.of(ObjectName.of("book")));
    }
  }

  @Test
  void namesEachChangedTableOfAJoinAsTheStatementDoes() {
    var book = new Changed(ObjectName.of("book"), "`b`");
    var loan = new Changed(ObjectName.of("loan"), "`loan`");
    for (var version : VERSIONS) {
      assertThat(asked("UPDATE book b JOIN loan ON x = y SET b.a = 1, loan.c = 2", version))
          .extracting(Asked::joined, Asked::changed)
          .containsExactly(true, List.of(book, loan));
      assertThat(asked("DELETE b, loan FROM book b, loan WHERE b.id = loan.b", version))
          .extracting(Asked::joined, Asked::changed, Asked::rows)
          .containsExactly(true, List.of(book, loan), "FROM book b, loan WHERE b.id = loan.b");
      assertThat(asked("DELETE FROM b USING book b, loan WHERE b.id = loan.b", version))
          .extracting(Asked::joined, Asked::changed)
          .containsExactly(true, List.of(book));
      assertThat(asked("DELETE shop.book FROM shop.book, loan", version))
          .extracting(Asked::changed)
          .isEqualTo(List.of(new Changed(ObjectName.of("shop", "book"), "`shop`.`book`")));
      assertThat(asked("UPDATE book b JOIN (SELECT 1 AS x) d ON d.x = b.id SET a = 1", version))
          .extracting(Asked::joined, Asked::changed)
          .containsExactly(true, List.of(book));
    }
  }

  @Test
  void aCommonTableExpressionStaysAndItsNameCountsAsRead() {
    var asked =
        asked(
            "WITH old AS (SELECT id FROM loan) DELETE FROM book WHERE id IN (SELECT id FROM old)",
            new EngineVersion(Engine.MYSQL, 8, 0));

    assertThat(asked.select("1"))
        .isEqualTo(
            "WITH old AS (SELECT id FROM loan) SELECT 1 FROM book"
                + " WHERE id IN (SELECT id FROM old)");
    assertThat(asked.tables()).containsExactly(ObjectName.of("loan"), ObjectName.of("book"));
    assertThat(asked.inner()).containsExactly(ObjectName.of("old"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM book WHERE sleep(1)|it calls sleep()",
        "DELETE FROM book WHERE a = f(1)|it calls f()",
        "DELETE FROM book WHERE a = shop.lower(1)|it calls lower()",
        "DELETE FROM book WHERE a = `lower`(1)|it calls lower()",
        "DELETE FROM book WHERE a = count (1)|it calls count()",
        "DELETE FROM book WHERE a = lower/**/(b)|it calls lower()",
        "DELETE FROM book WHERE a = value(1)|it calls value()",
        "DELETE FROM book WHERE a = \u017fum(1)|it calls \u017fum()",
        "UPDATE book SET a = spend(1)|it calls spend()",
        "UPDATE book SET a = 1 WHERE b = get_lock('x', 1)|it calls get_lock()",
        "UPDATE book SET a = 1 WHERE b = (SELECT load_file('/etc/passwd'))|it calls load_file()",
        "INSERT INTO log SELECT spend(a) FROM book|it calls spend()",
        "INSERT INTO log SELECT a FROM book ON DUPLICATE KEY UPDATE a = spend(1)|it calls spend()",
        "DELETE FROM book WHERE rand() < 0.1|its rows depend on rand()",
        "DELETE FROM book WHERE a = @x|its rows depend on @x",
        "DELETE FROM book WHERE a = @@global.read_only|its rows depend on @@global.read_only",
        "DELETE FROM book WHERE (@x := 1) = 1|its rows depend on @x",
        "DELETE FROM book LIMIT 18446744073709551615|its LIMIT is not a plain number",
        "DELETE FROM book WHERE a = 1 /*!50000 OR sleep(1) */|"
            + "it has a comment that some servers run and others do not",
        "DELETE FROM book WHERE a = 1 /*!99999 OR sleep(1) */|"
            + "it has a comment that some servers run and others do not",
        "DELETE FROM book WHERE a = 1--/**/ 2 AND b = 3|its comments matter",
        "INSERT INTO log VALUES (1)|it has no query",
        "INSERT INTO log SET a = 1|it has no query",
        "DELETE FROM book; DELETE FROM loan|it is not one statement that is understood",
        "SELECT 1|statements of its kind have no rows to count",
      })
  void whatIsNotKnownToBeHarmlessIsRefused(String statement, String reason) {
    for (var version : VERSIONS) {
      assertThat(RowQuery.of(statement, version))
          .as("%s on %s", statement, version)
          .isEqualTo(new Refused(reason));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM book WHERE a IN (SELECT a INTO OUTFILE '/tmp/x' FROM loan)",
        "INSERT INTO log SELECT a INTO @x FROM book",
        "INSERT INTO log SELECT NEXT VALUE FOR s FROM book",
        "INSERT INTO log SELECT a FROM book FOR UPDATE",
        "INSERT INTO log SELECT a FROM book LOCK IN SHARE MODE",
        "DELETE FROM book WHERE a IN (SELECT a FROM loan FOR UPDATE)",
        "DELETE FROM book WHERE a IN (SELECT a FROM loan PROCEDURE ANALYSE())",
        "DELETE FROM book WHERE a = {fn sleep(1)}",
        "DELETE FROM book WHERE a = ?",
        "DELETE FROM book WHERE a = 'x",
        "DELETE FROM book WHERE a = \0",
        "UPDATE book a JOIN book b SET a.x = 1, b.x = 2",
        "DELETE HISTORY FROM book",
        "DROP TABLE book",
        "",
        "/* */",
      })
  void oddStatementsAreRefusedToo(String statement) {
    for (var version : VERSIONS) {
      assertThat(RowQuery.of(statement, version)).as(statement).isInstanceOf(Refused.class);
    }
  }

  private static Asked asked(String statement, EngineVersion version) {
    var query = RowQuery.of(statement, version);
    assertThat(query).as("%s on %s", statement, version).isInstanceOf(Asked.class);
    return (Asked) query;
  }
}
