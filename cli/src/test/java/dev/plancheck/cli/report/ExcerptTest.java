// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import org.junit.jupiter.api.Test;

final class ExcerptTest {
  @Test
  void caretsStandUnderExactlyTheRange() {
    assertThat(excerpt("SELECT 1;\nDROP TABLE book;\n", "book"))
        .isEqualTo(
            """
                |
              2 | DROP TABLE book;
                |            ^^^^
            """);
  }

  @Test
  void tabsWideCharactersAndMarksKeepTheCaretsInLine() {
    assertThat(excerpt("\tDROP\tTABLE \"本e\u0301\" , book;", "book"))
        .isEqualTo(
            """
                |
              1 |     DROP    TABLE "本e\u0301" , book;
                |                           ^^^^
            """);
  }

  @Test
  void aWideCharacterTakesTwoCarets() {
    assertThat(excerpt("DROP TABLE 本棚;", "本棚")).endsWith("|            ^^^^\n");
  }

  @Test
  void carriageReturnsAreNotPartOfALine() {
    assertThat(excerpt("SELECT\r\n  1;\r\n", "SELECT\r\n  1"))
        .isEqualTo(
            """
                |
              1 | SELECT
                | ^^^^^^
              2 |   1;
                |   ^
            """);
  }

  @Test
  void theMiddleOfALongRangeIsLeftOut() {
    var source = "CREATE TABLE t (\n  a int,\n\n  b int,\n  c int\n);";
    assertThat(excerpt(source, source.substring(0, source.length() - 1)))
        .isEqualTo(
            """
                |
              1 | CREATE TABLE t (
                | ^^^^^^^^^^^^^^^^
              2 |   a int,
                |   ^^^^^^
            ...
              6 | );
                | ^
            """);
  }

  @Test
  void fourLinesAreShownWhole() {
    var source = "SELECT 1,\n2,\n\n3;";
    assertThat(excerpt(source, "SELECT 1,\n2,\n\n3"))
        .isEqualTo(
            """
                |
              1 | SELECT 1,
                | ^^^^^^^^^
              2 | 2,
                | ^^
              3 |
              4 | 3;
                | ^
            """);
  }

  @Test
  void anEmptyRangeHasOneCaret() {
    var source = new SourceText("SELECT");
    assertThat(text(source, new Span(6, 6), 80)).endsWith("1 | SELECT\n    |       ^\n");
  }

  @Test
  void aLineEndHasOneCaret() {
    assertThat(excerpt("SELECT\n1", "\n")).endsWith("1 | SELECT\n    |       ^\n");
  }

  @Test
  void aLongLineIsCutAroundTheRange() {
    var source = new SourceText("a, ".repeat(1000) + "HERE" + ", b".repeat(1000));
    var at = source.text().indexOf("HERE");
    var lines = text(source, new Span(at, at + 4), 46).split("\n", -1);
    assertThat(lines[1])
        .isEqualTo("  1 | … a, a, a, a, HERE, b, b, b, b, b, b, b…")
        .hasSizeLessThanOrEqualTo(46);
    assertThat(lines[2]).isEqualTo("    |               ^^^^");
  }

  @Test
  void aRangeLongerThanTheWindowIsMarkedAsFarAsItIsShown() {
    var source = new SourceText("x".repeat(300));
    var lines = text(source, new Span(0, 300), 26).split("\n", -1);
    assertThat(lines[1]).isEqualTo("  1 | " + "x".repeat(19) + "…");
    assertThat(lines[2]).isEqualTo("    | " + "^".repeat(19));
  }

  @Test
  void aShortLineWithTabsBeforeItsRangeIsNotCut() {
    var source = new SourceText("\t\tSELECT a, b, c, d FROM t");
    var at = source.text().indexOf("t", 8);
    assertThat(text(source, new Span(at, at + 1), 60))
        .contains("1 |         SELECT a, b, c, d FROM t");
  }

  @Test
  void nothingInASourceReachesTheTerminalAsACommand() {
    assertThat(excerpt("SELECT '\u001b[2J\u202e\u0007'", "SELECT"))
        .contains("SELECT '␛[2J\uFFFD␇'")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void largeLineNumbersWidenTheGutter() {
    var source = new SourceText("\n".repeat(12_344) + "DROP TABLE t;");
    assertThat(text(source, new Span(12_344, 12_348), 80))
        .isEqualTo("      |\n12345 | DROP TABLE t;\n      | ^^^^\n");
  }

  private static String excerpt(String source, String part) {
    var at = source.indexOf(part);
    return text(new SourceText(source), new Span(at, at + part.length()), 80);
  }

  private static String text(SourceText source, Span span, int columns) {
    var excerpt = new Excerpt(source, source.range(span), columns, new Paint(false));
    return String.join("\n", excerpt.lines()) + "\n";
  }
}
