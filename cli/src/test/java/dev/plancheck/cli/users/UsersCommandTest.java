// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.users;

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

/// Users by the command line, of a whole server with its own database.
final class UsersCommandTest {
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

  private CommandRun.Answer users(String token, String... args) {
    return new CommandRun(folder)
        .environment("PLANCHECK_SERVER", server.url().toString())
        .environment("PLANCHECK_TOKEN", token)
        .run(Stream.concat(Stream.of("users"), Stream.of(args)).toArray(String[]::new));
  }

  private static void assertRefused(CommandRun.Answer answer, String why) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("plancheck: ").contains(why).doesNotContain("\tat ");
  }

  @Test
  void theFirstAdminClosesTheServerAndLetsOthersIn() {
    assertThat(users("", "whoami").out()).isEqualTo("users/local  ADMIN in projects/-\n");

    var added = users("", "add", "ann", "--admin", "--title", "Ann");
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out()).matches("pc_[A-Za-z0-9_-]{43}\n");
    assertThat(added.err()).contains("users/ann was created.", "It is shown only now.");
    var ann = added.out().strip();

    assertRefused(users("", "whoami"), "Set PLANCHECK_TOKEN to your token");
    assertThat(users(ann, "whoami").out()).isEqualTo("users/ann  ADMIN in projects/-\n");

    var bob =
        users(ann, "add", "bob", "--role=DEVELOPER", "--role=SECURITY", "--project=shop")
            .out()
            .strip();
    assertThat(users(bob, "whoami").out())
        .isEqualTo("users/bob  DEVELOPER in projects/shop, SECURITY in projects/shop\n");
    assertThat(users(bob, "list").out())
        .isEqualTo(
            """
            users/ann  PERSON  ADMIN in projects/-  Ann
            users/bob  PERSON  DEVELOPER in projects/shop, SECURITY in projects/shop
            """);
    assertRefused(users(bob, "add", "eve"), "users/bob may not do this");
    assertRefused(users("pc_" + "x".repeat(43), "whoami"), "this token is not valid");
  }

  @Test
  void rolesAndTokensComeAndGo() {
    var ann = users("", "add", "ann", "--admin").out().strip();
    assertThat(users(ann, "add", "build", "--service", "--no-token").out()).isEmpty();
    assertThat(users(ann, "grant", "build", "--role=RELEASER", "--project=-").exitCode()).isZero();
    var build = users(ann, "token", "build", "--days=90", "--token-title=nightly").out().strip();
    assertThat(users(build, "whoami").out()).isEqualTo("users/build  RELEASER in projects/-\n");

    var tokens = users(build, "tokens", "build").out();
    assertThat(tokens).matches("[0-9a-f]{16}  until \\S+, used \\S+  nightly\n");
    assertThat(users(ann, "revoke", "build", "--role=RELEASER", "--project=-").exitCode()).isZero();
    assertThat(users(build, "whoami").out()).isEqualTo("users/build  (no roles)\n");
    assertThat(users(ann, "revoke-token", "build", tokens.substring(0, 16)).exitCode()).isZero();
    assertRefused(users(build, "whoami"), "not valid");
    assertThat(users(ann, "tokens", "build").out()).contains("  revoked ");

    assertThat(users(ann, "delete", "build").exitCode()).isZero();
    assertRefused(users(ann, "add", "build"), "users/build exists already");
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsMade() {
    assertRefused(
        users("", "add", "bob", "--role=DBA"),
        "--project: not given (expected: the project in which the role DBA counts, or - for all)");
    assertRefused(users("", "add", "Bob"), "NAME: Bob (expected: lower-case letters");
    assertRefused(users("", "add", "bob", "--days=-1"), "--days: -1 (expected: 1 to 3650)");
    assertRefused(users("", "revoke-token", "bob", "../x"), "ID: not that of a token");
    assertRefused(users("", "nonsense"), "");
    assertRefused(users(""), "no command given");
    assertThat(users("", "list").out()).isEmpty();
  }

  @Test
  void whatWasDoneBeforeARefusalIsSaid() {
    var answer = users("", "add", "bob", "--role=DBA", "--project=nowhere");

    assertRefused(answer, "projects/nowhere does not exist");
    assertThat(answer.err()).contains("users/bob was created.").doesNotContain("granted");

    var first = users("", "add", "eve", "--role=DBA", "--project=shop");
    assertRefused(first, "the first token ends the time");
    assertThat(first.err()).contains("DBA in projects/shop was granted.", "no new token");
  }
}
