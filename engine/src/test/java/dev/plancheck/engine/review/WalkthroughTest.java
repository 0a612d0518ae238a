// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WalkthroughTest {
  private static final EngineVersion VERSION = EngineVersion.POSTGRESQL_LATEST;

  @Test
  void aRollbackTakesTablesAndSettingsBack() {
    var walked =
        walk(
            """
            SET lock_timeout = '1s';
            BEGIN;
            SET lock_timeout = '2s';
            SET search_path = shop;
            CREATE TABLE a (id int);
            ROLLBACK;
            CREATE TABLE b (id int);
            """);

    assertThat(walked.after().tables().keySet()).containsExactly(ObjectName.of("public", "b"));
    assertThat(lockTimeouts(walked)).containsExactly("0", "1s", "1s", "2s", "2s", "2s", "1s");
  }

  @Test
  void aRollbackToASavepointTakesBackWhatCameAfterIt() {
    var walked =
        walk(
            """
            BEGIN;
            CREATE TABLE a (id int);
            SAVEPOINT one;
            CREATE TABLE b (id int);
            SAVEPOINT two;
            CREATE TABLE c (id int);
            RELEASE two;
            ROLLBACK TO one;
            CREATE TABLE d (id int);
            ROLLBACK TO SAVEPOINT one;
            CREATE TABLE e (id int);
            COMMIT;
            """);

    assertThat(walked.after().tables().keySet())
        .extracting(ObjectName::name)
        .containsExactly("a", "e");
  }

  @Test
  void setLocalEndsWithItsTransaction() {
    var walked =
        walk(
            """
            BEGIN;
            SET LOCAL lock_timeout = '1s';
            SET LOCAL search_path = shop;
            CREATE TABLE a (id int);
            COMMIT;
            CREATE TABLE b (id int);
            """);

    assertThat(walked.after().tables().keySet())
        .containsExactly(ObjectName.of("public", "b"), ObjectName.of("shop", "a"));
    assertThat(lockTimeouts(walked)).containsExactly("0", "0", "1s", "1s", "1s", "0");
  }

  @Test
  void setLocalDoesNothingOutsideATransaction() {
    assertThat(
            lockTimeouts(walk("SET LOCAL lock_timeout = '1s'; SELECT 1; BEGIN; COMMIT; SELECT 1")))
        .containsOnly("0");
  }

  @Test
  void aScriptWithoutTransactionControlRunsAsOneTransaction() {
    var one = walk("SET LOCAL lock_timeout = '1s'; CREATE TABLE a (id int); SELECT 1");
    assertThat(lockTimeouts(one)).containsExactly("0", "1s", "1s");
    assertThat(one.steps()).allMatch(step -> step.session().inTransaction());

    var each = walk("CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY a_i ON a (id)");
    assertThat(each.steps()).noneMatch(step -> step.session().inTransaction());
  }

  @Test
  void resetGoesBackToTheTargetsOwn() {
    assertThat(
            lockTimeouts(
                walk(
                    """
                    SET lock_timeout = '1s';
                    RESET lock_timeout;
                    SET lock_timeout = '2s';
                    SET lock_timeout TO DEFAULT;
                    SET lock_timeout = '3s';
                    RESET ALL;
                    SELECT 1;
                    """)))
        .containsExactly("0", "1s", "0", "2s", "0", "3s", "0");
  }

  @Test
  void chainedTransactionsBeginAtOnce() {
    var walked = walk("BEGIN; COMMIT AND CHAIN; CREATE TABLE a (id int); ROLLBACK; SELECT 1");

    assertThat(walked.after().tables()).isEmpty();
    assertThat(walked.steps())
        .extracting(step -> step.session().inTransaction())
        .containsExactly(false, true, true, true, false);
  }

  @Test
  void theSearchPathDecidesWhereTablesAreMadeAndFound() {
    var walked =
        walk(
            """
            CREATE TABLE a (id int);
            SET search_path = "$user", shop, public;
            CREATE TABLE b (id int);
            CREATE TABLE a (id int);
            DROP TABLE a;
            """);

    assertThat(walked.after().tables().keySet())
        .containsExactly(ObjectName.of("public", "a"), ObjectName.of("shop", "b"));
  }

  @Test
  void keepsTenThousandSchemasInLittleMemory() {
    var sql = new StringBuilder();
    for (var i = 0; i < 10_000; i++) {
      sql.append("CREATE TABLE t").append(i).append(" (id int PRIMARY KEY);\n");
    }

    var walked = walk(sql.toString());

    // Ten thousand copies of ten thousand entries would not fit in the tests' 1 GB.
    assertThat(walked.steps()).hasSize(10_000);
    assertThat(walked.steps().get(5_000).schema().tables()).hasSize(5_000);
  }

  private static List<String> lockTimeouts(Walkthrough.Walked walked) {
    return walked.steps().stream()
        .map(step -> step.session().setting("lock_timeout").orElse("none"))
        .toList();
  }

  private static Walkthrough.Walked walk(String... sql) {
    var text = String.join("\n", Arrays.asList(sql));
    var script = Dialects.of(Engine.POSTGRESQL).parse(new SourceText(text), VERSION);
    var target =
        new Schema(
            VERSION,
            true,
            List.of("public"),
            new TreeMap<>(Map.of("lock_timeout", "0")),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    return Walkthrough.of(script, target);
  }
}
