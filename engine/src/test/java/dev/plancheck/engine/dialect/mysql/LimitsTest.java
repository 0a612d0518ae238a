// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// What is hostile or huge neither throws nor takes long.
class LimitsTest {
  @Test
  void countsTheRowsThatTheGrammarDoesNotSee() {
    for (var rows : List.of(1, 2, 100, 1_000, 50_000)) {
      var values = "(1, 'a;),(')" + ", (2, \"b\")".repeat(rows - 1);
      var insert =
          (Statement.Insert)
              Resource.first("INSERT INTO t VALUES " + values + " ON DUPLICATE KEY UPDATE a = 1");
      assertThat(insert.rows()).isEqualTo(rows);
      assertThat(insert.onConflict()).isTrue();
    }
  }

  @Test
  void overlooksNoQueryInAnyRow() {
    var statement =
        Resource.first(
            "INSERT INTO t VALUES (1)%s, ((SELECT MAX(id) FROM big))"
                .formatted(", (2)".repeat(9_000)));
    assertThat(statement).isInstanceOf(Statement.NotAnalysed.class);
  }

  @Test
  void doesNotAnalyseWhatIsTooLarge() {
    var statement = Resource.first("SELECT " + "1, ".repeat(100_000) + "1");
    assertThat(statement)
        .isEqualTo(
            new Statement.NotAnalysed(
                "too large: 300,008 characters, at most 262,144 are analysed"));
  }

  @Test
  void isNotBroughtDownByAnyNesting() {
    for (var text :
        List.of(
            "(".repeat(5_000) + "1" + ")".repeat(5_000),
            "(".repeat(10_000),
            "NOT ".repeat(20_000) + "TRUE",
            "- ".repeat(20_000) + "1",
            "CASE WHEN a THEN ".repeat(5_000) + "1" + " END".repeat(5_000))) {
      for (var engine : List.of(Engine.MYSQL, Engine.MARIADB)) {
        var statements = Resource.script(engine, "SELECT " + text + "; DROP TABLE t").statements();
        assertThat(statements.getFirst().statement())
            .isInstanceOfAny(Statement.NotAnalysed.class, Statement.Rejected.class);
        assertThat(statements.getLast().statement()).isInstanceOf(Statement.Drop.class);
      }
    }
  }

  @Test
  void splitsHostileTextInLinearTime() {
    for (var text :
        List.of(
            "'",
            "\"",
            "`",
            "/* ",
            "/*!",
            "/*!50110 ",
            "/*M!",
            "*/",
            "#",
            "-- ",
            "\\g",
            "1e",
            "@'",
            "DELIMITER //\n",
            "DELIMITER \n",
            "BEGIN ",
            "CREATE PROCEDURE ",
            "END ",
            "(",
            "\0",
            "\ufeff",
            "9",
            "VALUES (",
            "INSERT VALUES (1),",
            ";")) {
      var hostile = "SELECT 1; " + text.repeat(3_000_000 / text.length());
      Assertions.assertTimeout(
          Duration.ofSeconds(20),
          () ->
              assertThat(
                      Splitter.split(hostile, Flavour.of(EngineVersion.usual(Engine.MYSQL)))
                          .pieces())
                  .as(text)
                  .isNotEmpty());
    }
  }

  @Test
  void readsOneVeryLongLine() {
    var line = "INSERT INTO t VALUES (1, 'it''s some; text')" + ", (2, \"b\")".repeat(1_000_000);
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () ->
            assertThat(Resource.first(line))
                .isInstanceOfSatisfying(
                    Statement.Insert.class,
                    insert -> assertThat(insert.rows()).isEqualTo(1_000_001)));
  }

  @Test
  void readsManyStatementsInReasonableTime() {
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () ->
            assertThat(
                    Resource.mysql("UPDATE t SET a = 1 WHERE id = 5;\n".repeat(20_000))
                        .statements())
                .hasSize(20_000));
  }

  @Test
  void neverThrowsForBinaryText() {
    var random = new Random(6);
    for (var round = 0; round < 40; round++) {
      var text = new StringBuilder("ALTER TABLE t ADD a INT; ");
      random.ints(2_000, 0, 0x250).forEach(text::appendCodePoint);
      for (var engine : List.of(Engine.MYSQL, Engine.MARIADB)) {
        assertThat(Resource.script(engine, text.toString()).statements()).isNotEmpty();
      }
    }
  }

  @Test
  void neverThrowsForStatementsInPieces() {
    var random = new Random(7);
    var whole = Resource.text("corpus/alter-table.sql") + Resource.text("corpus/data.sql");
    for (var round = 0; round < 60; round++) {
      var from = random.nextInt(whole.length() - 200);
      var to = from + random.nextInt(200);
      var mixed =
          whole.substring(from, to) + whole.substring(random.nextInt(from + 1), from).indent(0);
      var text = mixed.substring(0, Math.min(400, mixed.length()));
      for (var statement : Resource.mysql(text).statements()) {
        assertThat(statement.statement())
            .as(text)
            .isNotEqualTo(null)
            .extracting(Object::toString)
            .asString()
            .doesNotContain("which is a bug");
      }
    }
  }

  @Test
  void rejectsANulCharacterWhereItStands() {
    assertThat(Resource.first("SELECT 'a\0b'")).isInstanceOf(Statement.Rejected.class);
  }

  @Test
  void servesSeveralThreadsAtOnce() throws Exception {
    var text =
        new SourceText(Resource.text("corpus/tables.sql") + Resource.text("corpus/data.sql"));
    var version = EngineVersion.usual(Engine.MARIADB);
    var alone = new MysqlDialect(Engine.MARIADB).parse(text, version);
    var shared = new MysqlDialect(Engine.MARIADB);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> parse = () -> shared.parse(text, version).statements();
      for (var result : threads.invokeAll(IntStream.range(0, 6).mapToObj(_ -> parse).toList())) {
        assertThat(result.get()).isEqualTo(alone.statements());
      }
    }
  }
}
