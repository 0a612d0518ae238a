// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBorders;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PolicyReaderTest {
  private static final List<Rule> RULES =
      List.of(new Plain(), new Tuned(5, 1L << 20, true, Duration.ofSeconds(1), "x"));

  @Test
  void anEmptyFileChangesNothing() {
    assertThat(read("")).isEqualTo(new PolicyTerms(Policy.of(RULES)));
    assertThat(read("# nothing yet\n").policy()).isEqualTo(Policy.of(RULES));
  }

  @Test
  void offIsAWordAndNotATruthValue() {
    var policy = read("rules:\n  test.plain: off\n  test.tuned: warning\n").policy();
    assertThat(policy.entry("test.plain")).map(Policy.Entry::level).contains(Level.OFF);
    assertThat(policy.entry("test.tuned")).map(Policy.Entry::level).contains(Level.WARNING);
  }

  @Test
  void whatIsUsuallyOffIsSwitchedOnByBeingNamed() {
    assertThat(level("rules: {}\n")).isEqualTo(Level.OFF);
    assertThat(level("rules:\n  test.chosen:\n    most: 3\n")).isEqualTo(Level.WARNING);
    assertThat(level("rules:\n  test.chosen: error\n")).isEqualTo(Level.ERROR);
    assertThat(level("rules:\n  test.chosen:\n    severity: off\n    most: 3\n"))
        .isEqualTo(Level.OFF);
  }

  private static Level level(String text) {
    var reading = PolicyReader.read(text, List.of(new Chosen(1)));
    return ((PolicyReading.Read) reading)
        .terms()
        .policy()
        .entry("test.chosen")
        .orElseThrow()
        .level();
  }

  @Test
  void optionsReplaceComponents() {
    var policy =
        read("""
        rules:
          test.tuned:
            severity: error
            max-columns: 1_600
            strict: false
            longest: 500ms
            prefix: "off"
        """)
            .policy();
    assertThat(policy.entry("test.tuned"))
        .contains(
            new Policy.Entry(
                new Tuned(1600, 1L << 20, false, Duration.ofMillis(500), "off"), Level.ERROR));
  }

  @Test
  void jsonIsYaml() {
    var file =
        read("{\"rules\": {\"test.plain\": \"off\"}, \"sizes\": {\"small\": {\"rows\": 5}}}");
    assertThat(file.policy().entry("test.plain")).map(Policy.Entry::level).contains(Level.OFF);
    assertThat(file.borders().smallRows()).isEqualTo(5);
  }

  @Test
  void sizesHaveUnits() {
    var text =
        """
        sizes:
          small: {rows: 1000, bytes: 64MB}
          large: {rows: 2_000_000, bytes: 2 GB}
        """;
    assertThat(read(text).borders())
        .isEqualTo(new SizeBorders(1000, 64L << 20, 2_000_000, 2L << 30));
  }

  @Test
  void everyMistakeIsToldWithItsPlace() {
    assertThat(
            problems(
                """
                ruels: {}
                rules:
                  test.plane: off
                  test.plain: on
                  test.tuned:
                    max-colums: 3
                    max-columns: many
                    longest: 5 days
                    strict: maybe
                    max-bytes: 99999999999999999999
                  review.not-analysed: off
                  test.tuned: error
                sizes:
                  small: {rows: 5000000}
                  huge: 1
                """))
        .isEqualTo(
            """
            1:1: ruels: unknown (expected: rules, sizes)
            12:3: test.tuned: twice in rules
            3:3: rule test.plane: unknown (did you mean test.plain?)
            4:15: severity of test.plain: on (expected: off, warning, error)
            6:5: test.tuned: max-colums: unknown (expected: severity, max-columns, max-bytes, strict, longest, prefix)
            7:18: max-columns of test.tuned: many (expected: a whole number)
            8:14: longest of test.tuned: 5 days (expected: a time such as 500ms, 5s, 2min, 1h)
            9:13: strict of test.tuned: maybe (expected: true or false)
            10:16: max-bytes of test.tuned: 99999999999999999999 (expected: a whole number)
            11:24: severity of review.not-analysed: off (expected: at least warning, it tells what was not checked)
            15:3: huge: unknown (expected: small, large)
            14:3: small is larger than large (expected: small <= large, each)\
            """);
  }

  @Test
  void aRuleMayRefuseItsOptions() {
    assertThat(problems("rules:\n  test.tuned: {max-columns: -1}\n"))
        .isEqualTo("2:15: test.tuned: columns: -1 (expected: > 0)");
  }

  @Test
  void ownFindingsCanBeRaisedAndSomeSwitchedOff() {
    var policy =
        read("rules: {review.not-analysed: error, review.unused-suppression: off}").policy();
    assertThat(policy.level(OwnFinding.NOT_ANALYSED)).isEqualTo(Level.ERROR);
    assertThat(policy.level(OwnFinding.UNUSED_SUPPRESSION)).isEqualTo(Level.OFF);
  }

  @Test
  void whatIsNoYamlIsToldWithItsPlace() {
    assertThat(problems("rules: [\n")).startsWith("2:1: is no YAML: ");
    assertThat(problems("a: b\n---\nc: d\n")).contains("is no YAML");
    assertThat(problems("just words")).contains("the policy is no mapping");
    assertThat(problems("rules: [a]")).contains("rules is no mapping");
  }

  @Test
  void aFileCannotMakeObjects() {
    assertThat(problems("rules: !!java.net.URL [\"http://localhost\"]"))
        .startsWith("1:8: is no YAML: Global tag is not allowed");
  }

  @Test
  void aCharacterThatYamlDoesNotKnowIsToldWithItsPlace() {
    assertThat(problems("# 😀\n# a\u0000\n")).isEqualTo("2:4: is no YAML: the character U+0000");
  }

  @Test
  void aTextThatGrowsWhenItIsReadIsRefused() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var level = 1; level < 10; level++) {
      var before = "*a%d, ".formatted(level - 1).repeat(10);
      text.append("a%d: &a%d [%s]\n".formatted(level, level, before));
    }
    assertThat(problems(text.toString())).isNotEmpty();
    assertThat(problems("rules: ".repeat(1_000))).isNotEmpty();
    assertThat(problems("rules: &a {test.plain: *a}")).isNotEmpty();
    assertThat(problems("[".repeat(60_000))).contains("is no YAML");
  }

  private static PolicyTerms read(String text) {
    return switch (PolicyReader.read(text, RULES)) {
      case PolicyReading.Read(var terms) -> terms;
      case PolicyReading.Refused(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static String problems(String text) {
    return switch (PolicyReader.read(text, RULES)) {
      case PolicyReading.Read _ -> "";
      case PolicyReading.Refused(var problems) ->
          problems.stream().map(PolicyReading.Problem::toString).collect(Collectors.joining("\n"));
    };
  }

  /// A rule without options.
  public record Plain() implements ScriptRule {
    @Override
    public RuleInfo info() {
      return card("test.plain");
    }

    @Override
    public void check(Script script, ScriptContext context) {}
  }

  /// A rule with an option of every kind.
  public record Tuned(
      int maxColumns, long maxBytes, boolean strict, Duration longest, String prefix)
      implements ScriptRule {
    public Tuned {
      if (maxColumns < 1) {
        throw new IllegalArgumentException("columns: %d (expected: > 0)".formatted(maxColumns));
      }
    }

    @Override
    public RuleInfo info() {
      return card("test.tuned");
    }

    @Override
    public void check(Script script, ScriptContext context) {}
  }

  /// Off unless a policy names it.
  public record Chosen(int most) implements ScriptRule {
    @Override
    public RuleInfo info() {
      return new RuleInfo(
          "test.chosen", "Title", Status.WARNING, Set.of(Engine.POSTGRESQL), "0.1", Level.OFF);
    }

    @Override
    public void check(Script script, ScriptContext context) {}
  }

  private static RuleInfo card(String id) {
    return new RuleInfo(id, "Title", Status.ERROR, Set.of(Engine.POSTGRESQL), "0.1");
  }
}
