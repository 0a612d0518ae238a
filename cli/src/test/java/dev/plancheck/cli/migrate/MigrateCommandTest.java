// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.CommandRun;
import dev.plancheck.cli.CommandRun.Answer;
import dev.plancheck.cli.Golden;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a real database with one row per check into another.
final class MigrateCommandTest {
  private static final Cluster CLUSTER = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
  private static int number;

  @TempDir Path folder;
  private String source = "";
  private String target = "";

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @BeforeEach
  void createDatabases() throws SQLException {
    number++;
    source = "source" + number;
    target = "target" + number;
    sql("postgres", "create database " + source);
    sql("postgres", "create database " + target);
    sql(
        source,
        """
        create table plan (id bigint primary key, project text, name text, config jsonb);
        insert into plan values (1, 'shop', 'Add a column', '{}'), (2, 'shop', 'Drop one', '{}');
        create table plan_check_run (
          id serial primary key, created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(), plan_id bigint not null,
          status text not null, type text not null, config jsonb not null default '{}',
          result jsonb not null default '{}', payload jsonb not null default '{}');
        insert into plan_check_run (plan_id, status, type, config, result)
        select plan, status, 'bb.plan-check.database.' || type,
          jsonb_build_object('instanceId', 'prod', 'databaseName', name,
            'sheetSha256', repeat('a', 64)),
          result::jsonb
        from (values
          (1, 'DONE', 'statement.advise', 'a', '{"results": [{"status": "SUCCESS", "title": "OK"}]}'),
          (1, 'DONE', 'statement.advise', 'b', '{"results": [{"status": "WARNING", "title": "slow"}]}'),
          (2, 'DONE', 'statement.advise', 'a', '{"results": [{"status": "ERROR", "title": "no"}]}'),
          (3, 'FAILED', 'statement.advise', 'a', '{"error": "connection refused"}'),
          (4, 'CANCELED', 'ghost.sync', 'a', '{}'),
          (5, 'DONE', 'statement.summary.report', 'a', '{"results": null}'),
          (5, 'DONE', 'connect', 'a', '{}')) as old (plan, status, type, name, result);
        """);
  }

  @Test
  void aDryRunTellsWhatWouldBecomeOfEachPlan() {
    var answer = migrate("--dry-run", "--format=json");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.err()).contains("7 rows read; putting plans together\n");
    Golden.check("migrate.json", answer.out());
  }

  @Test
  void peopleReadATableAndTheSum() {
    var answer = migrate();

    assertThat(answer.exitCode()).isZero();
    Golden.check("migrate.txt", answer.out());
    assertThat(migrate().out())
        .contains("was here already", "5 plans were here already")
        .doesNotContain("dry run");
  }

  @Test
  void trustOpensOnlyWhatWasOpen() {
    var answer = migrate("--trust-legacy-for=7", "--format=json");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out())
        .contains(
            "\"opened\": 0", "\"openedTrusted\": 0", "\"openAfterTrusted\": 1", "\"trustDays\": 7");
  }

  @Test
  void whatCannotBeReadIsToldWithoutThePassword() {
    var answer =
        run("migrate", "--from=postgresql://a:hush@127.0.0.1:1/x", "--database-url=" + url(target));

    assertThat(answer.exitCode()).isEqualTo(3);
    assertThat(answer.err())
        .contains("plancheck: cannot read the legacy database 127.0.0.1:1/x: ")
        .doesNotContain("hush", "\tat ");
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void wrongFlagsAreExplained() {
    assertThat(run("migrate").err()).contains("--from");
    assertThat(migrate("--trust-legacy-for=0").err())
        .isEqualTo("plancheck: --trust-legacy-for: 0 (expected: 1 to 3650 days)\n");
    assertThat(migrate("--project=No Such").err())
        .startsWith("plancheck: --project: No Such (expected:");
    var wrong = run("migrate", "--from=mysql://a:hush@host/x");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("plancheck: --from: database URL: ").doesNotContain("hush");
  }

  private Answer migrate(String... flags) {
    return run(
        Stream.concat(
                Stream.of("migrate", "--from=" + url(source), "--database-url=" + url(target)),
                Stream.of(flags))
            .toArray(String[]::new));
  }

  private Answer run(String... args) {
    return new CommandRun(folder).run(args);
  }

  private static String url(String database) {
    return CLUSTER
        .jdbcUrl(database)
        .replace(
            "jdbc:postgresql://",
            "postgresql://%s:%s@".formatted(CLUSTER.user(), CLUSTER.password()));
  }

  private static void sql(String database, String sql) throws SQLException {
    try (var connection = CLUSTER.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
