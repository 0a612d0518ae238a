// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.cli.Golden;
import dev.plancheck.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LintCommandTest {
  private static final String RULE = "index.create-without-concurrently";

  /// Only one rule, so that a new one does not change what is expected here.
  private static final String ONE_RULE =
      Rules.ALL.stream()
          .map(rule -> rule.info().id())
          .map(id -> "  %s: %s\n".formatted(id, id.equals(RULE) ? "error" : "off"))
          .collect(Collectors.joining("", "rules:\n", ""));

  private static final String SCRIPT =
      """
      -- größer
      CREATE INDEX book_title
        ON book (title);
      SELECT 1;
      /* 😀 */ CREATE INDEX "本" ON shelf (name);
      """;

  @TempDir Path folder;

  @Test
  void peopleSeeThePlaceOfAFinding() {
    var answer = run().run("lint", "a.sql", "b.sql", "--policy", "policy.yaml");
    Golden.check("lint.txt", answer.out());
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void programsReadOneDocument() {
    var answer = run().run("lint", "a.sql", "b.sql", "--policy=policy.yaml", "--format=json");
    Golden.check("lint.json", answer.out());
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void columnsCountCodePointsAndEndsAreExclusive() {
    var answer = run().run("lint", "a.sql", "--policy=policy.yaml", "--format=json");
    var findings =
        JsonParser.parseString(answer.out())
            .getAsJsonObject()
            .getAsJsonArray("files")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("findings");
    assertThat(findings.get(0).getAsJsonObject().get("start"))
        .isEqualTo(JsonParser.parseString("{'line':2,'column':1}"));
    assertThat(findings.get(0).getAsJsonObject().get("end"))
        .isEqualTo(JsonParser.parseString("{'line':3,'column':18}"));
    assertThat(findings.get(1).getAsJsonObject().get("start"))
        .isEqualTo(JsonParser.parseString("{'line':5,'column':9}"));
  }

  @Test
  void onATerminalThereAreColours() {
    assertThat(run().onTerminal().run("lint", "a.sql").out()).contains("\u001b[1;31merror[");
    assertThat(run().onTerminal().environment("NO_COLOR", "1").run("lint", "a.sql").out())
        .doesNotContain("\u001b");
    assertThat(run().onTerminal().environment("TERM", "dumb").run("lint", "a.sql").out())
        .doesNotContain("\u001b");
    assertThat(run().onTerminal().run("lint", "a.sql", "--color=never").out())
        .doesNotContain("\u001b");
    assertThat(run().run("lint", "a.sql", "--color=always").out()).contains("\u001b[1;31m");
  }

  @Test
  void failOnChoosesTheExitCode() {
    var run = run().file("warn.yaml", ONE_RULE.replace(": error", ": warning"));
    assertThat(run.run("lint", "a.sql", "--policy=warn.yaml").exitCode()).isZero();
    assertThat(run.run("lint", "a.sql", "--policy=warn.yaml", "--fail-on=warning").exitCode())
        .isEqualTo(1);
    assertThat(run.run("lint", "a.sql", "--fail-on=never").exitCode()).isZero();
  }

  @Test
  void theAnswerGoesIntoAFile() throws IOException {
    var answer = run().run("lint", "a.sql", "--format=json", "--output=out.json");
    assertThat(answer.out()).isEmpty();
    assertThat(Files.readString(folder.resolve("out.json"))).startsWith("{").endsWith("}\n");
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.sql", "b.sql", "policy.yaml", "out.json");
    }
  }

  @Test
  void anOutputThatCannotBeWrittenIsToldBeforeTheWork() {
    assertThat(run().run("lint", "a.sql", "--output=no/such/out.json"))
        .returns(2, CommandRun.Answer::exitCode)
        .returns(
            "plancheck: --output: the folder of no/such/out.json does not exist\n",
            CommandRun.Answer::err);
    assertThat(run().run("lint", "a.sql", "--output=.").err())
        .isEqualTo("plancheck: --output: . is a folder (expected: a file)\n");
  }

  @Test
  void anEmptyScriptHasNoFindings() {
    var answer = new CommandRun(folder).file("e.sql", "").run("lint", "e.sql");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out()).isEqualTo("No findings in 0 statements, 1 file\n");
  }

  @Test
  void standardInputIsAScript() {
    var answer = new CommandRun(folder).in("CREATE INDEX ON t (a);").run("lint", "-");
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).contains("--> <stdin>:1:1");
  }

  @Test
  void wrongUsageIsExplained() {
    assertUsage(
        "oracle is unknown (expected: postgresql, mysql, mariadb)",
        "lint",
        "a.sql",
        "--engine",
        "oracle");
    assertUsage(
        "--engine-version: 9.6 (expected: 13 to 18)", "lint", "a.sql", "--engine-version=9.6");
    assertUsage("--engine-version: new", "lint", "a.sql", "--engine-version=new");
    assertUsage("no such file or folder", "lint", "missing.sql");
    assertUsage("Missing required parameter", "lint");
    assertUsage("'--fromat=json' (did you mean --format?)", "lint", "a.sql", "--fromat=json");
    assertUsage(
        "Invalid value for option '--format': xml (expected: human, json)",
        "lint",
        "a.sql",
        "--format=xml");
    assertUsage("policy.yml: no such file", "lint", "a.sql", "--policy=policy.yml");
  }

  @Test
  void aSuppressionOfAnUnknownRuleIsAFinding() {
    var answer =
        new CommandRun(folder)
            .in("-- plancheck:ignore index.no-such-rule because\nSELECT 1;")
            .run("lint", "-");
    assertThat(answer.out()).contains("There is no rule index.no-such-rule");
  }

  @Test
  void aSyntaxErrorIsConfirmedAtPostgresqlsOwnPosition() {
    var script = "SELECT 1;\n/* é */ ALTER TABLE book ADD COLUM title tex t;\n";
    var answer = new CommandRun(folder).in(script).run("lint", "-", "--format=json");
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out())
        .contains("\"rule\": \"review.syntax-error\"", "refused by PostgreSQL 18.")
        .contains("\"line\": 2,\n            \"column\": 42");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aSyntaxErrorThatTheGrammarLetsPassIsFoundToo() {
    var answer =
        new CommandRun(folder)
            .in("SELECT 1;\nSELECT 1 LIMIT 1 LIMIT 2;")
            .run("lint", "-", "--format=json");
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out())
        .contains(
            "\"rule\": \"review.syntax-error\"",
            "at or near \\\"LIMIT\\\" (refused by PostgreSQL 18.")
        .contains("\"line\": 2,\n            \"column\": 18");
  }

  @Test
  void whatOnlyTheGrammarRejectsIsNoSyntaxError() {
    var answer =
        new CommandRun(folder)
            .in("SELECT * FROM json_table('[]', '$[*]' COLUMNS (NESTED '$' COLUMNS (a int))) j;")
            .run("lint", "-", "--format=json");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out()).doesNotContain("syntax-error");
  }

  @Test
  void withoutAJudgeAnErrorIsOnlySuspected() {
    var answer = new CommandRun(folder).in("SELEC 1").run("lint", "-", "--no-judge");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out())
        .contains("warning[review.not-parsed]")
        .endsWith("1 statement could not be analysed: nobody checked it\n");
  }

  private void assertUsage(String message, String... args) {
    var answer = run().run(args);
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains(message);
  }

  private CommandRun run() {
    return new CommandRun(folder)
        .file("a.sql", SCRIPT)
        .file("b.sql", "SELECT 1;")
        .file("policy.yaml", ONE_RULE);
  }
}
