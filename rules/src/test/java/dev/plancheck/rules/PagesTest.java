// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.page.PageRunner;
import dev.plancheck.engine.review.page.RulePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every page is true: `-Dsnapshots.fix=true` (`make snapshots`) rewrites the findings it shows.
final class PagesTest {
  private static final PageRunner RUNNER = new PageRunner(Rules.ALL);
  private static final List<String> HEADINGS = List.of("Hazard", "Found", "Safe way", "Not found");

  /// What these find does not depend on how a target looks.
  private static final Set<String> BLIND =
      Set.of(
          "column.approximate-number",
          "column.enum-type",
          "column.three-byte-utf8",
          "column.timestamp-type",
          "constraint.foreign-key",
          "constraint.ignored-by-server",
          "data.per-database-value",
          "database.named-database",
          "database.use-statement",
          "naming.pattern",
          "naming.reserved-word",
          "object.stored-code",
          "privilege.broad-grant",
          "privilege.named-definer",
          "privilege.written-password",
          "server.administration",
          "server.global-setting",
          "session.binary-log-off",
          "statement.unknown-to-version",
          "table.missing-comment",
          "table.other-engine",
          "table.required-columns",
          "transaction.implicit-commit",
          "transaction.left-open",
          "transaction.refused-statement",
          "transaction.several-changes",
          "declarative.drop",
          "declarative.sheet",
          "review.syntax-error",
          "review.not-parsed",
          "review.not-analysed",
          "review.rule-failed",
          "review.malformed-suppression",
          "review.unknown-rule",
          "review.unused-suppression");

  @TestFactory
  Stream<DynamicTest> everyPageKeepsItsWord() {
    return Rules.infos().stream().map(info -> DynamicTest.dynamicTest(info.id(), () -> run(info)));
  }

  private static void run(RuleInfo info) throws IOException {
    var file = Path.of("src/main/java/dev/plancheck/rules").resolve(Pages.path(info.id()));
    var page = RulePage.of(Files.readString(file));
    if (Boolean.getBoolean("snapshots.fix")) {
      page = RulePage.of(RUNNER.withSnapshots(page));
      Files.writeString(file, page.text());
    }
    assertThat(RUNNER.problems(page)).as(file.toString()).isEmpty();
    assertThat(page.title()).isEqualTo(info.id());
    assertThat(page.headings().subList(0, HEADINGS.size())).isEqualTo(HEADINGS);
    assertThat(page.headings()).hasSizeLessThanOrEqualTo(HEADINGS.size() + 1);
    // Those of the review itself, and of what is computed: no sheet as it is written shows them.
    if (!info.topic().equals("review") && !info.topic().equals("declarative")) {
      hasLoudAndSilentBlocks(page);
    }
    if (!BLIND.contains(info.id())) {
      isSilentOnlyBecauseOfATarget(page);
    }
  }

  private static void hasLoudAndSilentBlocks(RulePage page) {
    var blocks = page.blocks().stream().filter(RulePage.Block::isReviewed).toList();
    assertThat(blocks).as("a loud block").anyMatch(b -> !RUNNER.expected(b).isEmpty());
    assertThat(blocks).as("a silent block").anyMatch(b -> RUNNER.expected(b).isEmpty());
  }

  /// One block at least is silent on the target that it names, and loud without or on another.
  private static void isSilentOnlyBecauseOfATarget(RulePage page) {
    assertThat(page.blocks().stream().filter(block -> block.attribute("schema").isPresent()))
        .as("a block that is silent only because of the target")
        .anyMatch(block ->
            RUNNER.findings(page, block).isEmpty()
                && (!RUNNER.findingsWithoutTarget(page, block).isEmpty()
                    || RUNNER.findingsOnEveryTarget(page, block).stream()
                        .anyMatch(findings -> !findings.isEmpty())));
  }
}
