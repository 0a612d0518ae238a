// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.advise.SyntaxJudge.Judgement;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ScriptReviewTest {
  private static final EngineVersion VERSION = EngineVersion.POSTGRESQL_LATEST;

  /// Not in the grammar, whatever a server says.
  private static final String UNKNOWN = "FROBNICATE TABLE x";

  private final List<String> asked = new ArrayList<>();

  @Test
  void leavesARejectedStatementAloneWithoutAJudge() {
    var script = new ScriptReview(null).script(UNKNOWN, VERSION);

    assertThat(statement(script, 0)).isInstanceOf(Statement.Rejected.class);
    assertThat(findings(script))
        .extracting(finding -> finding.rule() + " " + finding.status())
        .containsExactly("review.not-parsed WARNING");
  }

  @Test
  void takesTheJudgesWordThatARejectedStatementIsValid() {
    var script = judged("SELECT 1;\n" + UNKNOWN + ";", _ -> new Judgement.Accepted());

    assertThat(asked).containsExactly("SELECT 1;\n" + UNKNOWN);
    assertThat(statement(script, 1))
        .isEqualTo(
            new Statement.NotAnalysed(
                "Judge 18 accepts it, but plancheck's grammar does not know it"));
    assertThat(findings(script)).extracting(Finding::rule).containsExactly("review.not-analysed");
  }

  @Test
  void takesTheJudgesWordThatAnAcceptedStatementIsAnError() {
    var text = "/* ü😀 */ SELECT 1;\r\nSELECT 2,\n  'é' AS bad FROM t;\nSELECT 3;";

    var script = judged(text, refusing("bad"));

    assertThat(statement(script, 1)).isInstanceOf(Statement.Invalid.class);
    var finding = findings(script).getFirst();
    assertThat(finding.rule()).isEqualTo("review.syntax-error");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.content()).contains("no bad please", "refused by Judge 18");
    assertThat(finding.range()).hasToString("TextRange[start=3:10, end=3:13]");
    assertThat(statement(script, 2)).isInstanceOf(Statement.Select.class);
  }

  @Test
  void findsEveryErrorAndAsksAboutEachAloneOnce() {
    var script = judged("SELECT 1; SELECT bad; SELECT 2; SELECT bad; SELECT bad", refusing("bad"));

    assertThat(invalid(script)).containsExactly(1, 3, 4);
    assertThat(asked)
        .containsExactly(
            "SELECT 1;\nSELECT bad;\nSELECT 2;\nSELECT bad;\nSELECT bad",
            "SELECT bad",
            "SELECT 2;\nSELECT bad;\nSELECT bad",
            "SELECT bad",
            "SELECT bad");
  }

  @Test
  void marksAnErrorAtTheEndAtTheLastCharacter() {
    var script = judged("SELECT (1", sql -> new Judgement.Refused("at end of input", sql.length()));

    assertThat(findings(script).getFirst().range()).hasToString("TextRange[start=1:9, end=1:10]");
  }

  @Test
  void asksOnItsOwnAboutWhatCannotBeJudgedTogether() {
    var script =
        judged(
            "SELECT 1; SELECT odd; SELECT 2; SELECT bad",
            sql ->
                sql.contains("odd")
                    ? new Judgement.NotJudged("no opinion")
                    : refusing("bad").apply(sql));

    assertThat(invalid(script)).containsExactly(3);
    assertThat(asked).contains("SELECT odd", "SELECT bad");
  }

  @Test
  void neverSendsWhatIsNoPlainSql() {
    var text =
        """
        \\connect other
        CREATE TABLE t (a int);
        COPY t FROM stdin;
        1
        bad
        \\.
        SELECT 1 \\gset
        SELECT 2;
        """;

    var script = judged(text, refusing("bad"));

    assertThat(invalid(script)).isEmpty();
    assertThat(asked)
        .containsExactly("CREATE TABLE t (a int);\nCOPY t FROM stdin;\nSELECT 1;\nSELECT 2");
  }

  @Test
  void stopsAskingAJudgeThatIsAway() {
    var script =
        judged(
            "SELECT 1; " + UNKNOWN + "; SELECT 2",
            _ -> new Judgement.Unavailable("it does not start"));

    assertThat(asked).hasSize(1);
    assertThat(statement(script, 1)).isInstanceOf(Statement.Rejected.class);
  }

  @Test
  void boundsItsQuestionsAboutAHopelessScript() {
    var script = judged("SELECT bad;\n".repeat(2000), refusing("bad"));

    assertThat(asked).hasSizeLessThanOrEqualTo(500);
    assertThat(invalid(script)).hasSizeBetween(200, 500);
  }

  @Test
  void asksInPiecesAboutALargeScript() {
    var script = judged("SELECT 'abcdefghijklmnopqrstuvwxyz';\n".repeat(10_000), refusing("bad"));

    assertThat(invalid(script)).isEmpty();
    assertThat(asked).hasSizeBetween(2, 20);
    assertThat(asked).allSatisfy(text -> assertThat(text.length()).isLessThan(70_000));
  }

  @Test
  void hasNothingToAskAboutAnEmptySheet() {
    for (var empty : List.of("", "  \n", "-- nothing\n;;")) {
      assertThat(judged(empty, refusing("bad")).statements()).isEmpty();
    }
    assertThat(asked).isEmpty();
  }

  private Script judged(String text, Function<String, Judgement> answer) {
    return new ScriptReview(judge(answer)).script(text, VERSION);
  }

  private SyntaxJudge judge(Function<String, Judgement> answer) {
    return new SyntaxJudge() {
      @Override
      public String name() {
        return "Judge 18";
      }

      @Override
      public Judgement judge(String sql) {
        asked.add(sql);
        return answer.apply(sql);
      }
    };
  }

  /// Refuses the first occurrence of a word, as a parser stops at its first error.
  private static Function<String, Judgement> refusing(String word) {
    return sql -> {
      var offset = sql.indexOf(word);
      return offset < 0
          ? new Judgement.Accepted()
          : new Judgement.Refused("no %s please".formatted(word), offset);
    };
  }

  private static Policy policy() {
    return Policy.of(List.of());
  }

  private static List<Finding> findings(Script script) {
    return new ScriptReview(null).review(script, Schema.unknown(VERSION), policy()).findings();
  }

  private static Statement statement(Script script, int index) {
    return script.statements().get(index).statement();
  }

  private static List<Integer> invalid(Script script) {
    return script.statements().stream()
        .filter(statement -> statement.statement() instanceof Statement.Invalid)
        .map(statement -> statement.index())
        .toList();
  }
}
