// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.CommandRun;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.PolicyReader;
import dev.plancheck.rules.policy.RuleOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/policy.md says what is true: its example is a policy of today's rules, and its tables name
/// every option.
final class PolicyPageTest {
  private static final Path PAGE = Path.of("../docs/policy.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theExampleIsReadAsThePageSays() throws IOException {
    var file = ((PolicyReading.Read) PolicyReader.read(example(), Rules.ALL)).terms();
    var policy = file.policy();
    assertThat(level(policy, "table.drop-table")).isEqualTo(Level.WARNING);
    assertThat(level(policy, "column.rename-column")).isEqualTo(Level.OFF);
    assertThat(level(policy, "lock.missing-timeout")).isEqualTo(Level.ERROR);
    assertThat(level(policy, "transaction.refused-statement")).isEqualTo(Level.ERROR);
    assertThat(RuleOptions.of(policy.entry("lock.missing-timeout").orElseThrow().rule()))
        .containsExactly(new RuleOptions.Option("longest-seconds", 5));
    assertThat(RuleOptions.of(policy.entry("transaction.refused-statement").orElseThrow().rule()))
        .containsExactly(new RuleOptions.Option("assume-transaction", true));
    assertThat(policy.level(OwnFinding.NOT_ANALYSED)).isEqualTo(Level.ERROR);
    assertThat(policy.level(OwnFinding.UNUSED_SUPPRESSION)).isEqualTo(Level.OFF);
    assertThat(file.borders()).isEqualTo(new SizeBorders(50_000, 64L << 20, 5_000_000, 4L << 30));
  }

  /// The example sets every option of every rule, so an option that is new must be added to it.
  @Test
  void everyOptionIsOnThePageWithItsUsualValue() throws IOException {
    var page = Files.readString(PAGE);
    var rows = Pattern.compile("(?m)^\\| `(\\S+)` \\| `(\\S+)` \\| .* \\| (\\S+) \\|$");
    assertThat(rows.matcher(page).results().map(PolicyPageTest::row))
        .containsExactlyElementsOf(
            Rules.ALL.stream()
                .flatMap(rule ->
                    RuleOptions.of(rule).stream()
                        .map(option ->
                            "%s %s %s".formatted(rule.info().id(), option.name(), option.value())))
                .toList());
    for (var rule : Rules.ALL) {
      for (var option : RuleOptions.of(rule)) {
        assertThat(example()).contains("    " + option.name() + ": ");
      }
    }
  }

  @Test
  void whatCannotBeLoweredIsWhatThePageSays() throws IOException {
    var page = Files.readString(PAGE);
    for (var finding : OwnFinding.values()) {
      assertThat(page).contains("`" + finding.info().id() + "`");
    }
    assertThat(OwnFinding.values())
        .filteredOn(finding -> finding.least() == Level.ERROR)
        .containsExactlyInAnyOrder(
            OwnFinding.SYNTAX_ERROR, OwnFinding.RULE_FAILED, OwnFinding.DECLARATIVE_SHEET);
    assertThat(OwnFinding.values())
        .filteredOn(finding -> finding.least() == Level.WARNING)
        .containsExactlyInAnyOrder(
            OwnFinding.NOT_PARSED, OwnFinding.NOT_ANALYSED, OwnFinding.DECLARATIVE_DROP);
  }

  @Test
  void anOptionOfAPolicyChangesWhatARuleFinds() {
    var script = "SET lock_timeout = '30s';\nALTER TABLE book ADD COLUMN price int;\n";
    var run =
        new CommandRun(folder)
            .file("a.sql", script)
            .file("strict.yaml", "rules: {lock.missing-timeout: {longest-seconds: 5}}");
    assertThat(run.run("lint", "a.sql").out()).doesNotContain("lock.missing-timeout");
    assertThat(run.run("lint", "a.sql", "--policy=strict.yaml").out())
        .contains("warning[lock.missing-timeout]");
  }

  private static String row(MatchResult row) {
    return "%s %s %s".formatted(row.group(1), row.group(2), row.group(3));
  }

  private static Level level(Policy policy, String id) {
    return policy.entry(id).orElseThrow().level();
  }

  private static String example() throws IOException {
    var examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
    assertThat(examples).as("examples of docs/policy.md").hasSize(1);
    return examples.getFirst().group(1);
  }
}
