// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.cli.Golden;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.rules.Rules;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real server: three databases of one schema, one of them with an empty table.
final class CheckCommandTest {
  private static final String RULE = "index.create-without-concurrently";
  private static final String PASSWORD = "correct-horse-17";

  private static final String SCRIPT =
      """
      CREATE INDEX book_title ON book (title);
      UPDATE book SET title = upper(title) WHERE id <= 10;
      INSERT INTO shelf (name) VALUES ('a'), ('b');
      """;

  /// Only one rule, so that a new one does not change what is expected here; and borders at which
  /// the tables here are not small.
  private static final String ONE_RULE =
      Rules.ALL.stream()
          .map(rule -> rule.info().id())
          .map(id -> "  %s: %s\n".formatted(id, id.equals(RULE) ? "error" : "off"))
          .collect(
              Collectors.joining("", "sizes:\n  small: {rows: 100, bytes: 64KB}\nrules:\n", ""));

  private static final Cluster CLUSTER = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));

  @TempDir Path folder;

  @BeforeAll
  static void createDatabases() throws SQLException {
    sql("postgres", "CREATE ROLE app LOGIN PASSWORD '%s'".formatted(PASSWORD));
    for (var name : new String[] {"shop1", "shop2", "empty"}) {
      sql("postgres", "CREATE DATABASE " + name);
      sql(
          name,
          """
          CREATE TABLE book (id int PRIMARY KEY, title text);
          CREATE TABLE shelf (name text);
          CREATE TABLE secret (id int PRIMARY KEY);
          GRANT SELECT, INSERT, UPDATE ON book, shelf TO app;
          """);
    }
    for (var name : new String[] {"shop1", "shop2"}) {
      sql(name, "INSERT INTO book SELECT i, 'title ' || i FROM generate_series(1, 5000) i");
      sql(name, "VACUUM ANALYZE book");
    }
    sql("empty", "VACUUM ANALYZE book");
    sql("shop1", "CREATE TABLE only_here (id int PRIMARY KEY)");
    sql("shop1", "GRANT SELECT, UPDATE ON only_here TO app");
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  void peopleSeeWhereAFindingIsAndWhatChanges() {
    var answer = check(url("shop1"), url("shop2"), url("empty"));
    Golden.check("check.txt", known(answer.out()));
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void programsReadNumbersPerTarget() {
    var answer = check(url("shop1"), url("empty"), "--format=json");
    Golden.check("check.json", known(answer.out()));
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void oneDatabaseOutOfReachMakesTheAnswerIncomplete() {
    var answer = check(url("shop1"), "--target=postgresql://app@127.0.0.1:1/gone", url("dropped"));
    Golden.check("check-incomplete.txt", known(answer.out()));
    assertThat(answer.exitCode()).isEqualTo(3);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aWrongPasswordIsNeverShown() {
    var answer = check(url("shop1").replace(PASSWORD, "wrong-secret"), "--format=json");
    assertThat(answer.exitCode()).isEqualTo(3);
    assertThat(answer.out() + answer.err()).doesNotContain("wrong-secret");
    assertThat(summary(answer).get("verdict").getAsString()).isEqualTo("INCOMPLETE");
    assertThat(summary(answer).get("notPerformed").getAsInt()).isEqualTo(1);
  }

  @Test
  void thePasswordMayComeFromTheEnvironment() {
    var url = "--target=postgresql://app@127.0.0.1:%d/shop1".formatted(CLUSTER.port());
    var answer =
        run()
            .environment("PGPASSWORD", PASSWORD)
            .run("check", "a.sql", url, "--policy=policy.yaml");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void aSyntaxErrorIsPostgresqlsOwn() {
    var answer = run().file("a.sql", "UPDATE book SET WHERE;").run("check", "a.sql", url("shop1"));
    assertThat(answer.out()).contains("error[review.syntax-error]", "refused by PostgreSQL 18.");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void aRightThatIsMissingIsNamed() {
    var answer =
        run()
            .file("a.sql", "DELETE FROM secret WHERE id = 1;")
            .run("check", "a.sql", url("shop1"), "--policy=policy.yaml");
    assertThat(answer.out())
        .contains("public.secret", "at most 0")
        .contains("GRANT SELECT, DELETE ON secret TO app");
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void whatIsNotAnalysedIsAWarningAtLeast() {
    var answer =
        run()
            .file("a.sql", "ALTER SYSTEM SET work_mem = '1MB';\nDO $$ BEGIN END $$;")
            .run("check", "a.sql", url("shop1"), "--policy=policy.yaml", "--format=json");
    assertThat(summary(answer).get("verdict").getAsString()).isIn("WARN", "FAIL");
  }

  @Test
  void twoLoginsOnOneServerAreNoConcernOfTheReader() {
    var other =
        "--target=postgresql://%s:%s@127.0.0.1:%d/shop2"
            .formatted(CLUSTER.user(), CLUSTER.password(), CLUSTER.port());
    var answer = check(url("shop1"), other);
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(known(answer.out()))
        .contains("on 2 of 2 databases", "127.0.0.1:54321/shop1", "127.0.0.1:54321/shop2")
        .doesNotContain("#", CLUSTER.password());
  }

  @Test
  void equalScriptsUnderTwoNamesAreBothChecked() {
    var answer =
        run()
            .file("1.sql", "CREATE INDEX ON book (title);")
            .file("2.sql", "CREATE INDEX ON book (title);")
            .run("check", "1.sql", "2.sql", url("shop1"), "--policy=policy.yaml", "--format=json");
    var files = document(answer).getAsJsonArray("files");
    assertThat(findings(files, 0)).hasSize(1);
    assertThat(findings(files, 1)).hasSize(1);
  }

  @Test
  void aTableThatIsMissingSomewhereIsToldWithTheDatabase() {
    var answer =
        run()
            .file("a.sql", "UPDATE only_here SET id = 2 WHERE id = 1;")
            .run("check", "a.sql", url("shop1"), url("shop2"), "--policy=policy.yaml");
    assertThat(known(answer.out()).replaceAll("\\s+", " "))
        .contains("relation \"only_here\" does not exist")
        .contains("(public.only_here on 127.0.0.1:54321/shop2)");
  }

  @Test
  void codeThatWasNotLookedIntoMakesTheSumUnknown() {
    var answer =
        run()
            .file("a.sql", "INSERT INTO shelf VALUES ('c'); CALL tidy(); CALL tidy();")
            .run("check", "a.sql", url("shop1"), "--policy=policy.yaml");
    Golden.check("check-code.txt", known(answer.out()));
  }

  @Test
  void aScriptThatChangesNothingSaysSo() {
    var answer = run().file("s.sql", "SELECT 1;").run("check", "s.sql", url("shop1"));
    assertThat(answer.out())
        .isEqualTo(
            "s.sql changes no table\n\nPASS: No findings in 1 statement on 1 of 1 database\n");
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void aScriptSeesWhatTheScriptsBeforeItMake() {
    var run =
        run()
            .file("1.sql", "CREATE TABLE tome (id int PRIMARY KEY);")
            .file("2.sql", "ALTER TABLE tome ADD COLUMN title text; DELETE FROM book WHERE id = 1;")
            .file("10.sql", "UPDATE tome SET title = 'x' WHERE id = 1;");
    var inOrder = run.run("check", "1.sql", "2.sql", "10.sql", url("shop1"), "--fail-on=error");
    assertThat(inOrder.out()).doesNotContain("object.missing");
    assertThat(inOrder.exitCode()).isZero();

    var turned = run.run("check", "10.sql", "1.sql", "2.sql", url("shop1"), "--fail-on=error");
    assertThat(turned.out()).containsOnlyOnce("error[object.missing]").contains("no table tome");
    assertThat(turned.exitCode()).isEqualTo(1);
  }

  @Test
  void severalScriptsAreToldApart() {
    var answer =
        run()
            .file("b.sql", "SELECT 1;")
            .run("check", "a.sql", "b.sql", url("shop1"), "--policy=policy.yaml", "--format=json");
    var files = document(answer).getAsJsonArray("files");
    assertThat(findings(files, 0)).hasSize(1);
    assertThat(findings(files, 1)).isEmpty();
  }

  @Test
  void manyTargetsOfAFileShareAFinding() throws SQLException {
    var lines = new StringBuilder("# the fleet\n\n");
    for (var i = 0; i < 30; i++) {
      sql(
          "postgres",
          "CREATE DATABASE fleet%d TEMPLATE %s".formatted(i, i == 7 ? "empty" : "shop1"));
      lines.append(url("fleet" + i).replace("--target=", "")).append('\n');
    }
    var answer =
        run()
            .file("fleet.txt", lines.toString())
            .run("check", "a.sql", "--targets-file=fleet.txt", "--policy=policy.yaml");
    assertThat(answer.out())
        .contains("on 29 of 30 databases", "not on 127.0.0.1:%d/fleet7".formatted(CLUSTER.port()))
        .contains("The 20 with the most affected rows")
        .contains("all 30");
  }

  @Test
  void onATerminalProgressIsShownAndTakenAway() {
    var answer = run().onTerminal().run("check", "a.sql", url("shop1"), "--policy=policy.yaml");
    assertThat(answer.err()).contains("checking [").endsWith("\r\u001b[K");
  }

  @Test
  void wrongUsageIsExplainedWithoutAPassword() {
    assertUsage("no target given", "check", "a.sql");
    assertUsage("--target: The target's URL", "check", "a.sql", "--target=oracle://u:hush@h/d");
    assertUsage(
        "--target 2: db/shop was given before (--target 1)".replace("db/", "db:5432/"),
        "check",
        "a.sql",
        "--target=postgresql://a:hush@db/shop",
        "--target=postgres://b@db:5432/shop");
    assertUsage("t.txt:2: The target's URL", "check", "a.sql", "--targets-file=t.txt");
    assertUsage("none.txt: names no target", "check", "a.sql", "--targets-file=none.txt");
    assertUsage(
        "--connections: 0 (expected: 1 to 100)", "check", "a.sql", url("shop1"), "--connections=0");
    assertUsage("no such file", "check", "missing.sql", url("shop1"));
  }

  private void assertUsage(String message, String... args) {
    var answer =
        run()
            .file("t.txt", "postgresql://a:hush@db/shop\nhttp://a:hush@db/x\n")
            .file("none.txt", "# nobody\n")
            .run(args);
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains(message).doesNotContain("hush");
    assertThat(answer.out()).isEmpty();
  }

  private CommandRun.Answer check(String... more) {
    var args = new ArrayList<String>();
    args.add("check");
    args.add("a.sql");
    args.add("--policy=policy.yaml");
    args.addAll(List.of(more));
    return run().run(args.toArray(new String[0]));
  }

  private CommandRun run() {
    return new CommandRun(folder).file("a.sql", SCRIPT).file("policy.yaml", ONE_RULE);
  }

  /// The server's port differs from run to run, not in the number of its digits.
  private static String known(String text) {
    return text.replace(":" + CLUSTER.port(), ":54321");
  }

  private static JsonObject document(CommandRun.Answer answer) {
    return JsonParser.parseString(answer.out()).getAsJsonObject();
  }

  private static JsonObject summary(CommandRun.Answer answer) {
    return document(answer).getAsJsonObject("summary");
  }

  private static JsonArray findings(JsonArray files, int index) {
    return files.get(index).getAsJsonObject().getAsJsonArray("findings");
  }

  private static String url(String database) {
    return "--target=postgresql://app:%s@127.0.0.1:%d/%s"
        .formatted(PASSWORD, CLUSTER.port(), database);
  }

  private static void sql(String database, String text) throws SQLException {
    try (var connection = CLUSTER.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
