// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.Project;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.PlancheckServer;
import dev.plancheck.server.ServerConfig;
import dev.plancheck.server.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Review policies by the command line, of a whole server with its own database.
final class PoliciesCommandTest {
  private static final String WARNS = "rules: {table.drop-table: warning} # drops are usual here\n";
  private static final String FAILS = "rules: {table.drop-table: error}";

  @TempDir Path folder;
  private PlancheckServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        PlancheckServer.open(
            ServerConfig.of("test", Folders.ofUser(), Map.of())
                .withHttp(HttpConfig.onPort(0))
                .withDataFolder(folder.resolve("data")));
    server.ports().projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun.Answer policies(String... args) {
    return new CommandRun(folder)
        .file("warns.yaml", WARNS)
        .file("fails.yaml", FAILS)
        .file("wrong.yaml", "rules:\n  table.drop-tabel: error\n")
        .environment("PLANCHECK_SERVER", server.url().toString())
        .run(Stream.concat(Stream.of("policies"), Stream.of(args)).toArray(String[]::new));
  }

  private static void assertDone(CommandRun.Answer answer, String said) {
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains(said);
  }

  private static void assertRefused(CommandRun.Answer answer, String why) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains(why).doesNotContain("\tat ");
  }

  @Test
  void aFileBecomesThePolicyOfItsScope() {
    assertThat(policies("list").out()).isEmpty();
    assertDone(policies("set", "warns.yaml"), "everything  everything  ");
    assertDone(
        policies("set", "fails.yaml", "--environment=production", "--title=Strict"),
        "was created.");
    assertDone(
        policies("set", "warns.yaml", "--project=shop", "--environment=production"),
        "shop-production  projects/shop environments/production  ");

    assertThat(policies("list").out().replaceAll("  [0-9a-f]{12}", "  HASH"))
        .isEqualTo(
            """
            everything  everything  HASH
            production  environments/production  HASH  Strict
            shop-production  projects/shop environments/production  HASH
            """);
    assertThat(policies("show", "everything").out()).isEqualTo(WARNS);

    assertDone(policies("set", "warns.yaml", "--environment=production"), "was changed.");
    var shown = policies("show", "production");
    assertThat(shown.out()).isEqualTo(WARNS);
    assertThat(shown.err()).contains("Strict, changed by users/local");

    assertDone(policies("delete", "production"), "reviewPolicies/production was deleted.");
    assertThat(policies("list").out().lines()).hasSize(2);
  }

  @Test
  void theNameMayBeGiven() {
    assertDone(
        policies("set", "fails.yaml", "--project=shop", "--id=shop-rules"), "shop-rules  projects");
    assertDone(policies("set", "warns.yaml", "--project=shop", "--id=shop-rules"), "was changed.");
    assertRefused(
        policies("set", "warns.yaml", "--project=shop", "--id=other"),
        "--id: other (expected: reviewPolicies/shop-rules, which governs this scope, or no --id)");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertRefused(
        policies("set", "wrong.yaml"),
        "wrong.yaml:2:3: rule table.drop-tabel: unknown (did you mean table.drop-table?)");
    assertRefused(policies("set", "nowhere.yaml"), "nowhere.yaml");
    assertRefused(policies("set", "warns.yaml", "--environment=nowhere"), "environments/nowhere");
    assertRefused(policies("set", "warns.yaml", "--project=Shop"), "--project: Shop (expected: ");
    assertRefused(policies("show", "nothing"), "reviewPolicies/nothing does not exist");
    assertRefused(policies("delete", "nothing"), "reviewPolicies/nothing does not exist");
    assertRefused(policies("delete", "../users/ann"), "ID: ../users/ann (expected: ");
    assertRefused(policies(), "no command given");
    assertThat(policies("list").out()).isEmpty();
  }
}
