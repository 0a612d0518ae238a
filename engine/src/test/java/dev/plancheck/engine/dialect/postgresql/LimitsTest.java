// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void countsTheRowsOfALongInsertExactly() {
    for (var rows : List.of(1, 2, 100, 1_000, 12_345)) {
      assertThat(insert(values(rows, "now()"))).isEqualTo(rows);
      assertThat(insert("/* ( */ " + values(rows, "'(),;' -- ),(\n"))).isEqualTo(rows);
    }
  }

  @Test
  void countsRowsInsideAndOutsideOfWith() {
    var script =
        Resource.script(
            "with a as (insert into u values %s returning *) insert into t values %s"
                .formatted(values(5_000, "1"), values(7_000, "2")));
    var outer = (Statement.Insert) script.statements().getFirst().statement();
    assertThat(outer.rows()).isEqualTo(7_000);
    assertThat(((Statement.Insert) outer.query().writes().getFirst()).rows()).isEqualTo(5_000);
  }

  @Test
  void countsNoRowsOfAQuery() {
    assertThat(insert("select * from (values " + values(9_000, "1") + ") as v")).isZero();
  }

  @Test
  void keepsTheFunctionsOfRowsThatTheGrammarDoesNotSee() {
    var script =
        Resource.script(
            "insert into t values %s, (1, \"Schema\".f(2)::numeric(3), cast(x as bit(3)))"
                .formatted(values(5_000, "1")));
    var insert = (Statement.Insert) script.statements().getFirst().statement();
    assertThat(insert.rows()).isEqualTo(5_001);
    assertThat(insert.query().functions()).containsExactly(ObjectName.of("Schema", "f"));
  }

  @Test
  void overlooksNoQueryInAnyRow() {
    var script =
        Resource.script(
            "insert into t values %s, ((select max(id) from big))".formatted(values(2_000, "1")));
    var insert = (Statement.Insert) script.statements().getFirst().statement();
    assertThat(insert.rows()).isEqualTo(2_001);
    assertThat(insert.query().tables()).containsExactly(ObjectName.of("big"));
  }

  @Test
  void doesNotAnalyseWhatIsTooLarge() {
    var list = "1, ".repeat(PostgresqlDialect.MAX_STATEMENT / 3);
    assertThat(first("select " + list + "1, 2, 3"))
        .isEqualTo(
            new Statement.NotAnalysed(
                "too large: 262,157 characters, at most 262,144 are analysed"));
    assertThat(first("delete from t where a in (" + list.substring(3_000) + "1)"))
        .isInstanceOf(Statement.Delete.class);
  }

  @Test
  void doesNotAnalyseWhatIsNestedTooDeeply() {
    var tooDeep = new Statement.NotAnalysed("nested too deeply");
    assertThat(first("select " + "(".repeat(301) + "1" + ")".repeat(301))).isEqualTo(tooDeep);
    assertThat(first("select " + "case when a then ".repeat(10_000) + "1" + " end".repeat(10_000)))
        .isEqualTo(tooDeep);
    assertThat(first("select " + "(".repeat(300) + "1" + ")".repeat(300)))
        .isInstanceOf(Statement.Select.class);
  }

  @Test
  void readsLongChainsOfOperators() {
    var where = "a = 1" + " or b = f(2)".repeat(15_000);
    var delete = (Statement.Delete) first("delete from t where " + where);
    var condition = requireNonNull(delete.where());
    assertThat(condition.columns()).containsExactly("a", "b");
    assertThat(condition.functions()).containsExactly(ObjectName.of("f"));
  }

  @Test
  void rejectsANulCharacterWhereItStands() {
    assertThat(first("select 'a\0b'"))
        .isEqualTo(new Statement.Rejected("a NUL character", new Span(9, 10)));
  }

  @Test
  void readsALargeScriptInReasonableTime() {
    var statement = "INSERT INTO t (a, b) VALUES (1, 'it''s $1 some; text');\n";
    var script = statement.repeat(20_000_000 / statement.length());
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> assertThat(Resource.script(script).statements()).hasSize(357_142));
  }

  @Test
  void splitsHostileTextInLinearTime() {
    for (var text :
        List.of(
            "'", "$a ", "/* ", "$a$", "\\ ", "\"", "(", "E'\\", "-", ";", "a$", "\n\\.", "1e")) {
      var hostile = "select 1; " + text.repeat(5_000_000 / text.length());
      Assertions.assertTimeout(
          Duration.ofSeconds(20), () -> assertThat(Splitter.split(hostile).pieces()).isNotEmpty());
    }
  }

  @Test
  void isNotBroughtDownByAnyNesting() {
    for (var text :
        List.of(
            "(".repeat(10_000) + "1" + ")".repeat(10_000),
            "(".repeat(10_000),
            "not ".repeat(20_000) + "true",
            "- ".repeat(20_000) + "1",
            "[".repeat(5_000))) {
      var statements = Resource.script("select " + text + "; drop table t").statements();
      assertThat(statements.getFirst().statement())
          .isEqualTo(new Statement.NotAnalysed("nested too deeply"));
      assertThat(statements.getLast().statement()).isInstanceOf(Statement.Drop.class);
    }
  }

  @Test
  void readsManyStatementsInReasonableTime() {
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () ->
            assertThat(
                    Resource.script("update t set a = 1 where id = 5;\n".repeat(100_000))
                        .statements())
                .hasSize(100_000));
  }

  @Test
  void servesSeveralThreadsAtOnce() throws Exception {
    var text =
        new SourceText(Resource.text("corpus/tables.sql") + Resource.text("corpus/data.sql"));
    var alone = new PostgresqlDialect().parse(text, EngineVersion.POSTGRESQL_LATEST);
    var shared = new PostgresqlDialect();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> parse =
          () -> shared.parse(text, EngineVersion.POSTGRESQL_LATEST).statements();
      for (var result : threads.invokeAll(IntStream.range(0, 40).mapToObj(_ -> parse).toList())) {
        assertThat(result.get()).isEqualTo(alone.statements());
      }
    }
  }

  private static String values(int rows, String second) {
    var text = new StringBuilder();
    for (var row = 0; row < rows; row++) {
      text.append(row == 0 ? "" : ", ").append('(').append(row).append(", ");
      text.append(second).append(')');
    }
    return text.toString();
  }

  private static int insert(String source) {
    var values = source.startsWith("select") ? source : "values " + source;
    return ((Statement.Insert) first("insert into t " + values + " on conflict do nothing")).rows();
  }

  private static Statement first(String text) {
    return Resource.script(text).statements().getFirst().statement();
  }
}
