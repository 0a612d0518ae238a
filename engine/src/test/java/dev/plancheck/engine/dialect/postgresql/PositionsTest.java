// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.Span;
import dev.plancheck.engine.text.TextRange;
import org.junit.jupiter.api.Test;

class PositionsTest {
  @Test
  void countsALineForEachKindOfLineEnd() {
    var script = Resource.script("select 1;\rselect 2;\r\nselect 3;\n\rselect 4");
    assertThat(
            script.statements().stream()
                .map(s -> script.source().position(s.span().start()).line()))
        .containsExactly(1, 2, 3, 5);
    assertThat(script.source().line(1)).isEqualTo("select 1;");
    assertThat(script.source().line(2)).isEqualTo("select 2;");
  }

  @Test
  void givesAByteOrderMarkNoColumn() {
    var script = Resource.script("\ufeffselect 1;\nselect 2");
    assertThat(script.source().position(0)).isEqualTo(new Position(1, 1));
    assertThat(script.source().position(1)).isEqualTo(new Position(1, 1));
    assertThat(script.source().position(2)).isEqualTo(new Position(1, 2));
    assertThat(script.source().line(1)).isEqualTo("select 1;");
  }

  @Test
  void countsCodePointsBehindEmoji() {
    var script = Resource.script("select '🙂🙂'; drop table \"🙂\";");
    assertThat(script.source().slice(script.statements().get(1).span()))
        .isEqualTo("drop table \"🙂\"");
    assertThat(range(script, 1)).isEqualTo(range(1, 14, 1, 28));
  }

  @Test
  void countsLinesOfCarriageReturnAndLineFeedOnce() {
    var script = Resource.script("-- one\r\n\r\nselect 1,\r\n  2\r\n;\r\ndelete from t\r\n");
    assertThat(range(script, 0)).isEqualTo(range(3, 1, 4, 4));
    assertThat(range(script, 1)).isEqualTo(range(6, 1, 6, 14));
  }

  @Test
  void seesThroughDollarQuotesAndNestedComments() {
    var script =
        Resource.script(
            """
            create function f() returns int language sql as $f$
              select 1; -- $$ /*
            $f$; /* one /* two; */
            three; */ drop table t;
            """);
    assertThat(range(script, 0)).isEqualTo(range(1, 1, 3, 4));
    assertThat(range(script, 1)).isEqualTo(range(4, 11, 4, 23));
  }

  @Test
  void pointsAtTheTokenThatTheGrammarRejects() {
    var script = Resource.script("select 1;\r\nselect 'é🙂', /* 🙂 */ from from t;");
    var rejected = (Statement.Rejected) script.statements().get(1).statement();
    assertThat(script.source().slice(rejected.at())).isEqualTo("from");
    assertThat(script.source().range(rejected.at())).isEqualTo(range(2, 22, 2, 26));
  }

  @Test
  void pointsAtTheEndOfAStatementThatIsCutShort() {
    var script = Resource.script("alter table t add\n; select 1");
    assertThat(script.statements().getFirst().statement())
        .isEqualTo(new Statement.Rejected("unexpected end of the statement", new Span(17, 17)));
  }

  @Test
  void pointsAtWhatNeverEnds() {
    var script = Resource.script("select 1;\nselect 🙂, 'never; ends");
    assertThat(script.statements().get(1).statement())
        .isEqualTo(new Statement.Rejected("unterminated quoted string", new Span(21, 22)));
    assertThat(script.source().position(21)).isEqualTo(new Position(2, 11));
  }

  @Test
  void givesEachActionItsPlace() {
    var text = "/* 🙂 */ alter table \"🙂\"\n  add column é int default f('🙂'),\n  drop b cascade";
    var script = Resource.script(text);
    var alter = (Statement.AlterTable) script.statements().getFirst().statement();
    assertThat(alter.table().name()).isEqualTo("🙂");
    assertThat(alter.actions().stream().map(TableAction::span).map(script.source()::slice))
        .containsExactly("add column é int default f('🙂')", "drop b cascade");
    var column = ((TableAction.AddColumn) alter.actions().getFirst()).column();
    assertThat(script.source().slice(column.span())).isEqualTo("é int default f('🙂')");
    assertThat(requireNonNull(column.defaultExpression()).text()).isEqualTo("f('🙂')");
    assertThat(script.source().range(alter.actions().get(1).span())).isEqualTo(range(3, 3, 3, 17));
  }

  @Test
  void givesExpressionsBehindLostRowsTheirPlace() {
    var rows = new StringBuilder("insert into t (a) values (0)");
    for (var row = 1; row < 20_000; row++) {
      rows.append(",\n('row ").append(row).append("')");
    }
    rows.append("\non conflict (a) do update set b = 🙂 where");
    var script = Resource.script(rows.toString());
    var rejected = (Statement.Rejected) script.statements().getFirst().statement();
    assertThat(rejected.at()).isEqualTo(new Span(rows.length(), rows.length()));

    rows.append(" x = = y");
    var other = Resource.script(rows.toString());
    var refused = (Statement.Rejected) other.statements().getFirst().statement();
    assertThat(other.source().range(refused.at())).isEqualTo(range(20_001, 47, 20_001, 48));
  }

  private static TextRange range(Script script, int statement) {
    return script.source().range(script.statements().get(statement).span());
  }

  private static TextRange range(int line, int column, int endLine, int endColumn) {
    return new TextRange(new Position(line, column), new Position(endLine, endColumn));
  }
}
