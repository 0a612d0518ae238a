// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReviewTest {
  private static final EngineVersion VERSION = EngineVersion.POSTGRESQL_LATEST;

  /// Finds every DELETE.
  record NoDelete(int unused) implements StatementRule {
    @Override
    public RuleInfo info() {
      return card("data.no-delete");
    }

    @Override
    public void check(ScriptStatement statement, Context context) {
      if (statement.statement() instanceof Statement.Delete delete
          && context.schema().isInUse(delete.table())) {
        context.report(statement.span(), "deletes from " + delete.table());
      }
    }
  }

  /// Finds nothing but its own end.
  record Broken() implements StatementRule {
    @Override
    public RuleInfo info() {
      return card("a.broken");
    }

    @Override
    public void check(ScriptStatement statement, Context context) {
      if (statement.index() == 1) {
        throw new IllegalStateException("the second statement");
      }
    }
  }

  /// Wants a target to tell anything.
  record OnlyOnTargets() implements ScriptRule {
    @Override
    public RuleInfo info() {
      return card("z.only-on-targets");
    }

    @Override
    public void check(Script script, ScriptContext context) {
      for (var step : context.steps()) {
        if (context.before().known()) {
          context.report(step.statement().span(), Status.WARNING, "seen");
        } else {
          context.undecided(step.statement().span());
        }
      }
    }
  }

  private static final Policy POLICY =
      Policy.of(List.of(new OnlyOnTargets(), new NoDelete(1), new Broken()));

  @Test
  void sortsFindingsByPlaceAndTellsWhichRuleFailed() {
    var result = lint("SELECT 1;\n  DELETE FROM a;\nDELETE FROM b;");

    assertThat(result.findings())
        .extracting(Finding::rule)
        .containsExactly("data.no-delete", "review.rule-failed", "data.no-delete");
    assertThat(result.findings().get(0).range()).hasToString("TextRange[start=2:3, end=2:16]");
    assertThat(result.findings().get(1).content()).contains("a.broken", "the second statement");
    assertThat(result.findings().get(1).status()).isEqualTo(Status.ERROR);
    assertThat(result.statements()).isEqualTo(3);
    assertThat(result.worst()).isEqualTo(Status.ERROR);
  }

  @Test
  void looksIntoWritesInsideOtherStatements() {
    assertThat(rules("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone"))
        .containsExactly("data.no-delete");
    assertThat(rules("EXPLAIN ANALYZE DELETE FROM a")).containsExactly("data.no-delete");
    assertThat(rules("EXPLAIN DELETE FROM a")).isEmpty();
  }

  @Test
  void aSuppressionHidesTheRuleInTheNextStatementOnly() {
    assertThat(rules("-- plancheck:ignore data.no-delete it is a queue\nDELETE FROM a")).isEmpty();
    assertThat(rules("-- plancheck:ignore data.no-delete it is a queue\nDELETE FROM a;\nTABLE x;"))
        .containsExactly("review.rule-failed");
    assertThat(rules("/* plancheck:ignore data.no-delete queue */ DELETE FROM a")).isEmpty();
  }

  @Test
  void aSuppressionOnTheLineOfAStatementSpeaksOfThatOne() {
    assertThat(
            off(
                "a.broken",
                "DELETE FROM a; -- plancheck:ignore data.no-delete a queue\nDELETE FROM b"))
        .hasSize(1)
        .first()
        .satisfies(f -> assertThat(f.content()).isEqualTo("deletes from b"));
    assertThat(
            off(
                "a.broken",
                "DELETE\n-- plancheck:ignore data.no-delete a queue\nFROM a;DELETE FROM b"))
        .hasSize(1)
        .first()
        .satisfies(f -> assertThat(f.content()).isEqualTo("deletes from b"));
    assertThat(
            off("a.broken", "DELETE FROM a; /* plancheck:ignore data.no-delete q */ DELETE FROM b"))
        .hasSize(1)
        .first()
        .satisfies(f -> assertThat(f.content()).isEqualTo("deletes from a"));
  }

  @Test
  void aSuppressionForTheFileSpeaksOfAllStatements() {
    assertThat(
            off(
                "a.broken",
                "DELETE FROM a; DELETE FROM b;\n"
                    + "-- plancheck:ignore-file data.no-delete, z.only-on-targets test data"))
        .isEmpty();
  }

  @Test
  void complainsAboutSuppressionsThatCannotWork() {
    assertThat(rules("-- plancheck:ignore data.no-delete\nDELETE FROM a"))
        .containsExactly("review.malformed-suppression", "data.no-delete");
    assertThat(rules("-- plancheck:ignore\nSELECT 1"))
        .containsExactly("review.malformed-suppression");
    assertThat(rules("-- plancheck:ignroe data.no-delete x\nSELECT 1"))
        .containsExactly("review.malformed-suppression");
    assertThat(rules("SELECT 1;\n\n-- plancheck:ignore data.no-delete too late"))
        .containsExactly("review.malformed-suppression");
    assertThat(rules("-- plancheck:ignore data.no-delet typing\nSELECT 1"))
        .containsExactly("review.unknown-rule");
    assertThat(rules("-- plancheck:ignore review.syntax-error I like it\nSELECT 1"))
        .containsExactly("review.malformed-suppression");
    assertThat(rules("-- plancheck is a tool\nSELECT 1")).isEmpty();
  }

  @Test
  void namesEachUnusedSuppression() {
    var found =
        off("a.broken", "-- plancheck:ignore data.no-delete, a.broken for no reason\nSELECT 1");

    assertThat(found)
        .extracting(Finding::rule, Finding::status)
        .containsExactly(tuple("review.unused-suppression", Status.WARNING));
    assertThat(found.getFirst().content()).startsWith("data.no-delete ");
  }

  @Test
  void aSuppressionThatAnotherTargetNeedsIsNotUnused() {
    var sql = "-- plancheck:ignore data.no-delete, z.only-on-targets a queue\nDELETE FROM a";
    var empty = knownWith("CREATE TABLE a (id int)");

    assertThat(new Review(POLICY).run(script(sql), empty).findings()).isEmpty();
    assertThat(lint(sql).findings()).isEmpty();
  }

  @Test
  void neverHidesWhatIsWrongWithTheReviewItself() {
    var script = script("-- plancheck:ignore-file data.no-delete x\nDELETE FROM a; SELECT 1");
    var span = script.statements().get(1).span();
    var judged =
        script.withStatements(
            List.of(
                script.statements().get(0),
                new ScriptStatement(
                    1, span, new Statement.Invalid("syntax error at end", span, "PostgreSQL 18.6")),
                new ScriptStatement(2, span, new Statement.NotAnalysed("it is too large")),
                new ScriptStatement(3, span, new Statement.Rejected("mismatched input", span))));
    var result =
        new Review(POLICY.withLevel("a.broken", Level.OFF)).run(judged, Schema.unknown(VERSION));

    assertThat(result.findings())
        .extracting(Finding::rule)
        .containsExactly("review.not-analysed", "review.not-parsed", "review.syntax-error");
    assertThat(result.unanalysed()).isEqualTo(2);
    assertThat(result.statements()).isEqualTo(4);
  }

  @Test
  void policiesChooseLevelsWithinBounds() {
    var warning = POLICY.withLevel("data.no-delete", Level.WARNING);
    assertThat(new Review(warning).run(script("DELETE FROM a"), Schema.unknown(VERSION)).worst())
        .isEqualTo(Status.WARNING);
    assertThat(POLICY.withLevel("review.not-analysed", Level.ERROR).own())
        .containsEntry("review.not-analysed", Level.ERROR);
    assertThatThrownBy(() -> POLICY.withLevel("review.not-analysed", Level.OFF))
        .hasMessage("level of review.not-analysed: OFF (expected: WARNING or worse)");
    assertThatThrownBy(() -> POLICY.withLevel("no.such", Level.OFF))
        .hasMessageContaining("no.such");
  }

  @Test
  void theHashKnowsIdsLevelsAndOptionsAndNoOrder() {
    var same = Policy.of(List.of(new Broken(), new NoDelete(1), new OnlyOnTargets()));

    assertThat(same.hash()).isEqualTo(POLICY.hash()).hasSize(64);
    assertThat(POLICY.withRule(new NoDelete(2)).hash()).isNotEqualTo(POLICY.hash());
    assertThat(POLICY.withLevel("a.broken", Level.OFF).hash()).isNotEqualTo(POLICY.hash());
    assertThat(POLICY.withLevel("review.not-analysed", Level.ERROR).hash())
        .isNotEqualTo(POLICY.hash());
    assertThat(POLICY.withLevel("review.not-analysed", Level.WARNING).hash())
        .as("a level written out that is the usual one")
        .isEqualTo(POLICY.hash());
  }

  private static RuleInfo card(String id) {
    return new RuleInfo(id, id, Status.ERROR, Set.of(Engine.POSTGRESQL), "0.1");
  }

  private static List<String> rules(String sql) {
    return lint(sql).findings().stream().map(Finding::rule).toList();
  }

  private static List<Finding> off(String rule, String sql) {
    return new Review(POLICY.withLevel(rule, Level.OFF))
        .run(script(sql), Schema.unknown(VERSION))
        .findings();
  }

  private static ReviewResult lint(String sql) {
    return new Review(POLICY).run(script(sql), Schema.unknown(VERSION));
  }

  private static Script script(String sql) {
    return Dialects.of(Engine.POSTGRESQL).parse(new SourceText(sql), VERSION);
  }

  private static Schema knownWith(String sql) {
    var nothing =
        new Schema(
            VERSION,
            true,
            List.of("public"),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    var walked = Walkthrough.of(script(sql), nothing).after();
    var tables = new TreeMap<>(walked.tables());
    tables.replaceAll((_, table) -> table.withCreatedByScript(false).withSize(SizeBand.EMPTY));
    return walked.withTables(tables);
  }
}
