// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.plancheck.checks.ghost.GhostCode;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.rules.Rules;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueCommandsTest {
  @TempDir Path folder;

  @Test
  void explainShowsEveryPage() {
    for (var info : Rules.infos()) {
      var answer = run("explain", info.id());
      assertThat(answer.exitCode()).as(info.id()).isZero();
      assertThat(answer.out()).startsWith(info.id() + "\n").contains("Severity: ");
    }
  }

  @Test
  void aPartOfAnIdIsEnoughWhenOnlyOneRuleHasIt() {
    assertThat(run("explain", "create-without-concurrently").out())
        .startsWith("index.create-without-concurrently");
    assertThat(run("explain", "review.").err())
        .startsWith("plancheck: there is no rule review. (it could be review.");
  }

  @Test
  void nearMissesAreNamed() {
    var answer = run("explain", "review.sintax-error");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "plancheck: there is no rule review.sintax-error (did you mean review.syntax-error?);"
                + " 'plancheck explain' lists them all\n");
    assertThat(run("explain", "ghost.trigers").err())
        .isEqualTo(
            "plancheck: there is no finding ghost.trigers (did you mean ghost.trigger?);"
                + " 'plancheck explain' lists them all\n");
  }

  @Test
  void explainTellsOfEveryFindingOfGhostSync() {
    for (var code : GhostCode.values()) {
      var answer = run("explain", code.id());
      assertThat(answer.exitCode()).as(code.id()).isZero();
      assertThat(answer.out())
          .startsWith(code.id() + "\n")
          .contains("\nWhat it means\n", "\nWhat to do\n", "Severity: ");
    }
    assertThat(run("explain", "rows-lost-unique").out())
        .startsWith("ghost.rows-lost-unique\n")
        .contains("A new unique key can lose rows silently.", "Severity: error, for MySQL")
        .contains("INSERT IGNORE");
  }

  @Test
  void explainWithoutAnIdListsWhatCanBeExplained() {
    var answer = run("explain");
    assertThat(answer.exitCode()).isZero();
    assertThat(
            answer
                .out()
                .lines()
                .filter(line -> line.matches("[a-z]+\\.[a-z0-9-]+ .*"))
                .map(line -> line.replaceFirst(" .*", "")))
        .containsExactlyElementsOf(Topics.ids())
        .contains("ghost.left-over", "review.syntax-error", "table.drop-table");
  }

  @Test
  void rulesListsEveryRuleOnce() {
    var answer = run("rules");
    assertThat(answer.exitCode()).isZero();
    assertThat(
            answer
                .out()
                .lines()
                .filter(line -> line.matches("[a-z]+\\.[a-z0-9-]+ .*"))
                .map(line -> line.replaceFirst(" .*", "")))
        .containsExactlyElementsOf(Rules.infos().stream().map(RuleInfo::id).toList());
  }

  @Test
  void rulesAreAlsoThereForPrograms() {
    var document = JsonParser.parseString(run("rules", "--format=json").out()).getAsJsonObject();
    assertThat(document.get("version").getAsInt()).isEqualTo(1);
    var ids =
        StreamSupport.stream(document.getAsJsonArray("rules").spliterator(), false)
            .map(rule -> rule.getAsJsonObject().get("id").getAsString());
    assertThat(ids).containsExactlyElementsOf(Rules.infos().stream().map(RuleInfo::id).toList());
    assertThat(document.getAsJsonArray("rules").get(0).getAsJsonObject().keySet())
        .containsExactly("id", "title", "severity", "optIn", "engines", "since", "options");
  }

  private CommandRun.Answer run(String... args) {
    return new CommandRun(folder).run(args);
  }
}
