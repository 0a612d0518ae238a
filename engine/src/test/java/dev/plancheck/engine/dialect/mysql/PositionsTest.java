// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Offsets are UTF-16 units of the script; columns are code points.
class PositionsTest {
  @Test
  void pointsAtEachActionBehindCharactersOfAnyWidth() {
    var script =
        Resource.mysql(
            "-- 😀 größe\nALTER TABLE `😀` /* ä */ ADD `größe` INT COMMENT '😀', DROP `b😀`");
    var alter = (Statement.AlterTable) script.statements().getFirst().statement();
    assertThat(alter.table().name()).isEqualTo("😀");
    assertThat(alter.actions())
        .extracting(action -> script.source().slice(action.span()))
        .containsExactly("ADD `größe` INT COMMENT '😀'", "DROP `b😀`");
    var at = script.source().position(alter.actions().getLast().span().start());
    assertThat(at.line()).isEqualTo(2);
    assertThat(at.column()).isEqualTo(54);
  }

  @Test
  void pointsAtWhatIsRejected() {
    var script = Resource.mysql("SELECT '😀';\nALTER TABEL `ä` ADD b INT");
    assertThat(script.statements().getLast().statement())
        .isEqualTo(new Statement.Rejected("unexpected \"TABEL\"", at(script, "TABEL")));
  }

  @Test
  void pointsAtTheEndOfWhatIsCutOff() {
    var script = Resource.mysql("UPDATE t SET");
    assertThat(script.statements().getFirst().statement())
        .isEqualTo(new Statement.Rejected("unexpected end of the statement", new Span(12, 12)));
  }

  @Test
  void keepsTheTextOfConditions() {
    var script = Resource.mysql("DELETE FROM t WHERE a /* x */ = '😀' AND \"b\" = `ö` LIMIT 5");
    var delete = (Statement.Delete) script.statements().getFirst().statement();
    var where = Objects.requireNonNull(delete.where());
    assertThat(where.text()).isEqualTo("a /* x */ = '😀' AND \"b\" = `ö`");
    assertThat(where.columns()).containsExactly("a", "ö");
    assertThat(script.source().slice(where.span())).isEqualTo(where.text());
  }

  @Test
  void readsTheContentOfVersionedCommentsInPlace() {
    var script = Resource.mysql("ALTER TABLE t ADD a INT /*!80023 INVISIBLE */, DROP b");
    var alter = (Statement.AlterTable) script.statements().getFirst().statement();
    assertThat(alter.actions())
        .extracting(action -> script.source().slice(action.span()))
        .containsExactly("ADD a INT /*!80023 INVISIBLE", "DROP b");
  }

  @Test
  void tellsConditionsThatAreAlwaysTrue() {
    for (var always : List.of("1", "TRUE", "1 = 1", "('a' = 'a')", "1 AND 2=2")) {
      assertThat(where(always)).as(always).isEqualTo(new Form.Tautology());
    }
    for (var other : List.of("0", "1 = 2", "a = a", "1 OR a", "NULL = NULL")) {
      assertThat(where(other)).as(other).isNotEqualTo(new Form.Tautology());
    }
  }

  private static Form where(String condition) {
    var delete = (Statement.Delete) Resource.first("DELETE FROM t WHERE " + condition);
    return Objects.requireNonNull(delete.where()).form();
  }

  private static Span at(Script script, String text) {
    var start = script.source().text().indexOf(text);
    return new Span(start, start + text.length());
  }
}
