// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.target.SizeBorders;
import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PolicyReaderTest {
  private static final List<Rule> RULES =
      List.of(new Plain(), new Tuned(5, 1L << 20, true, Duration.ofSeconds(1), "x"));

  @Test
  void anEmptyFileChangesNothing() {
    assertThat(read("")).isEqualTo(new PolicyFile(Policy.of(RULES), SizeBorders.DEFAULT));
    assertThat(read("# nothing yet\n").policy()).isEqualTo(Policy.of(RULES));
  }

  @Test
  void offIsAWordAndNotATruthValue() {
    var policy = read("rules:\n  test.plain: off\n  test.tuned: warning\n").policy();
    assertThat(policy.entry("test.plain")).map(Policy.Entry::level).contains(Level.OFF);
    assertThat(policy.entry("test.tuned")).map(Policy.Entry::level).contains(Level.WARNING);
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
    assertThatThrownBy(() ->
            read(
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
        .isInstanceOf(CommandException.class)
        .hasMessage(
            """
            p.yaml:1:1: ruels: unknown (expected: rules, sizes)
            p.yaml:12:3: test.tuned: twice in rules
            p.yaml:3:3: rule test.plane: unknown (did you mean test.plain?)
            p.yaml:4:15: severity of test.plain: on (expected: off, warning, error)
            p.yaml:6:5: test.tuned: max-colums: unknown (expected: severity, max-columns, max-bytes, strict, longest, prefix)
            p.yaml:7:18: max-columns of test.tuned: many (expected: a whole number)
            p.yaml:8:14: longest of test.tuned: 5 days (expected: a time such as 500ms, 5s, 2min, 1h)
            p.yaml:9:13: strict of test.tuned: maybe (expected: true or false)
            p.yaml:10:16: max-bytes of test.tuned: 99999999999999999999 (expected: a whole number)
            p.yaml:11:24: severity of review.not-analysed: off (expected: at least warning, it tells what was not checked)
            p.yaml:15:3: huge: unknown (expected: small, large)
            p.yaml:14:3: small is larger than large (expected: small <= large, each)\
            """);
  }

  @Test
  void aRuleMayRefuseItsOptions() {
    assertThatThrownBy(() -> read("rules:\n  test.tuned: {max-columns: -1}\n"))
        .hasMessage("p.yaml:2:15: test.tuned: columns: -1 (expected: > 0)");
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
    assertThatThrownBy(() -> read("rules: [\n")).hasMessageStartingWith("p.yaml:2:1: is no YAML: ");
    assertThatThrownBy(() -> read("a: b\n---\nc: d\n")).hasMessageContaining("is no YAML");
    assertThatThrownBy(() -> read("just words")).hasMessageContaining("the policy is no mapping");
    assertThatThrownBy(() -> read("rules: [a]")).hasMessageContaining("rules is no mapping");
  }

  @Test
  void aFileCannotMakeObjects() {
    assertThatThrownBy(() -> read("rules: !!java.net.URL [\"http://localhost\"]"))
        .hasMessageStartingWith("p.yaml:1:8: is no YAML: Global tag is not allowed");
  }

  private static PolicyFile read(String text) {
    return PolicyReader.read(new ScriptFile("p.yaml", new SourceText(text)), RULES);
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

  private static RuleInfo card(String id) {
    return new RuleInfo(id, "Title", Status.ERROR, Set.of(Engine.POSTGRESQL), "0.1");
  }
}
