// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.DatabaseGroup;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.ListDatabaseChangesResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutStage;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.checks.run.RunSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Plans on their way to real databases, over REST, from their checks to the changed data.
@Timeout(120)
final class RolloutLiveTest {
  private static final AtomicInteger STORIES = new AtomicInteger();

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveServer live;

  /// Each test has databases to itself.
  private final int story = STORIES.incrementAndGet();

  private final String staging = "staging_" + story;
  private final String production = "production_" + story;
  private final String other = "other_" + story;

  @BeforeAll
  static void start() throws IOException, SQLException {
    live = new LiveServer(RunSettings.DEFAULT, Map.of("OWNER_PASSWORD", "fr0m-the-env"));
    live.execute("postgres", "create role owner login password 'fr0m-the-env'");
    live.rest.post("/v1/projects?projectId=shop", "{}", Project.getDefaultInstance());
    register("staging");
    register("production");
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static void register(String environment) {
    live.rest.post(
        "/v1/instances?instanceId=" + environment,
        """
        {"engine": "POSTGRESQL", "environment": "%s", "host": "127.0.0.1", "port": %d,
         "user": "owner", "password": {"env": "OWNER_PASSWORD"}, "tlsMode": "DISABLE"}
        """
            .formatted(environment, live.customer.port()),
        Instance.getDefaultInstance());
  }

  @BeforeEach
  void createDatabases() throws SQLException {
    for (var database : List.of(staging, production, other)) {
      live.execute("postgres", "create database %s owner owner".formatted(database));
      live.execute(
          database,
          """
          create table book (id integer primary key, title text not null);
          alter table book owner to owner;
          insert into book select n, 'title ' || n from generate_series(1, 10) n;
          analyze book;
          """);
    }
    live.server.ports().databases().sync("staging", Set.of(staging));
    live.server.ports().databases().sync("production", Set.of(production));
  }

  private List<String> both() {
    return List.of(
        "instances/staging/databases/" + staging, "instances/production/databases/" + production);
  }

  private static String sheet(String sql) {
    return live.rest
        .post(
            "/v1/projects/shop/sheets",
            "{\"content\": \"%s\"}".formatted(sql),
            Sheet.getDefaultInstance())
        .getName();
  }

  private static String specs(String sql, List<String> targets) {
    return "{\"specs\": [{\"id\": \"change\", \"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [%s]}}]}"
        .formatted(
            sheet(sql),
            targets.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")));
  }

  private static String plan(String sql, List<String> targets) {
    return live.rest
        .post("/v1/projects/shop/plans", specs(sql, targets), Plan.getDefaultInstance())
        .getName();
  }

  private static void check(String plan) throws InterruptedException {
    var run =
        live.rest.post("/v1/" + plan + ":runPlanChecks", "{}", PlanCheckRun.getDefaultInstance());
    while (!run.hasFinishTime()) {
      Thread.sleep(20);
      run = live.rest.get("/v1/" + plan + "/planCheckRun", PlanCheckRun.getDefaultInstance());
    }
    assertThat(run.getStatus()).isEqualTo(PlanCheckRun.Status.DONE);
  }

  private static String checked(String sql, List<String> targets) throws InterruptedException {
    var plan = plan(sql, targets);
    check(plan);
    return plan;
  }

  private static Rollout post(String path, String json) {
    return live.rest.post("/v1/" + path, json, Rollout.getDefaultInstance());
  }

  private static Rollout get(String plan) {
    return live.rest.get("/v1/" + plan + "/rollout", Rollout.getDefaultInstance());
  }

  private static Rollout await(String plan, Predicate<Rollout> holds) throws InterruptedException {
    var rollout = get(plan);
    while (!holds.test(rollout)) {
      Thread.sleep(20);
      rollout = get(plan);
    }
    return rollout;
  }

  private static void stage(String plan, String environment, int number)
      throws InterruptedException {
    post(plan + "/rollout:startStage", "{\"environment\": \"%s\"}".formatted(environment));
    await(plan, rollout -> rollout.getStages(number).getState() == RolloutStage.State.DONE);
  }

  private static RolloutTask task(String plan, int number) {
    return live.rest.get(
        "/v1/%s/rollout/tasks/%d".formatted(plan, number), RolloutTask.getDefaultInstance());
  }

  private static long count(String database, String where) throws SQLException {
    try (var connection = live.customer.connect(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from book where " + where)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void aBlockedPlanIsEditedCheckedAndRolledOutAndTheDataIsChanged() throws Exception {
    var plan = checked("DROP TABLE nothing;", both());
    assertThat(live.rest.send("POST", "/v1/" + plan + "/rollout", "{}").body())
        .contains("the gate of", "is shut");
    live.rest.patch(
        "/v1/" + plan + "?updateMask=specs",
        specs("UPDATE book SET title = upper(title) WHERE id < 4;", both()),
        Plan.getDefaultInstance());
    assertThat(
            live.rest
                .get("/v1/" + plan + ":evaluateGate", GateEvaluation.getDefaultInstance())
                .getState())
        .isEqualTo(GateEvaluation.State.BLOCKED);
    check(plan);

    post(plan + "/rollout", "{}");
    stage(plan, "staging", 0);
    assertThat(count(staging, "title like 'TITLE%'")).isEqualTo(3);
    assertThat(count(production, "title like 'TITLE%'")).as("its turn comes").isZero();
    stage(plan, "production", 1);
    await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(count(production, "title like 'TITLE%'")).isEqualTo(3);
    var task = task(plan, 2);
    assertThat(task.getTransactional()).isTrue();
    assertThat(task.getStatements(0).getRows()).isEqualTo(3);
    var log =
        live.rest.get(
            "/v1/instances/production/databaseChanges?database=" + production,
            ListDatabaseChangesResponse.getDefaultInstance());
    assertThat(log.getChangesList()).hasSize(1);
    assertThat(log.getChanges(0).getOutcome()).isEqualTo(RolloutTask.State.DONE);
  }

  @Test
  void aFailureLeavesNothingBehindAndIsRetried() throws Exception {
    var plan =
        checked(
            "UPDATE book SET title = 'x' || title WHERE id > 0; UPDATE book SET id = 1 WHERE id >"
                + " 5;",
            both());

    post(plan + "/rollout", "{}");
    post(plan + "/rollout:startStage", "{\"environment\": \"staging\"}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.FAILED);

    var task = task(plan, 1);
    assertThat(task.getState()).isEqualTo(RolloutTask.State.FAILED);
    assertThat(task.getMessage()).contains("duplicate key");
    assertThat(task.getStatement()).isEqualTo(2);
    assertThat(count(staging, "title like 'xtitle%'")).isZero();
    post(plan + "/rollout:retryTasks", "{\"tasks\": [1]}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.FAILED);
    var canceled = post(plan + "/rollout:cancel", "{}");
    assertThat(canceled.getState()).isEqualTo(Rollout.State.CANCELED);
  }

  @Test
  void whatWasChangedSinceTheCheckIsNotTouchedBeforeItIsCheckedAgain() throws Exception {
    var plan = checked("UPDATE book SET title = 'y' WHERE id = 1;", both());
    post(plan + "/rollout", "{}");
    live.execute(staging, "alter table book add column isbn text");

    post(plan + "/rollout:startStage", "{\"environment\": \"staging\"}");
    await(plan, rollout -> rollout.getStages(0).getDriftedCount() == 1);
    assertThat(count(staging, "title = 'y'")).isZero();

    post(plan + "/rollout:retryTasks", "{\"tasks\": [1]}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.DONE);
    assertThat(count(staging, "title = 'y'")).isEqualTo(1);
    assertThat(
            live.rest
                .get("/v1/" + plan + "/planCheckRun", PlanCheckRun.getDefaultInstance())
                .getAttempt())
        .isEqualTo(2);
  }

  @Test
  void statementsThatNeedNoTransactionAreAppliedOneByOne() throws Exception {
    var plan =
        checked(
            "CREATE INDEX CONCURRENTLY book_title ON book (title); UPDATE book SET title = 'z'"
                + " WHERE id = 1;",
            both());

    post(plan + "/rollout", "{\"automatic\": true}");
    await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(count(production, "title = 'z'")).isEqualTo(1);
    var task = task(plan, 2);
    assertThat(task.getTransactional()).isFalse();
    assertThat(task.getStatementsList()).hasSize(2).allMatch(one -> one.getFinished());
  }

  @Test
  void aDatabaseThatJoinsTheGroupAfterTheCheckIsNotTouched() throws Exception {
    live.rest.post(
        "/v1/projects/shop/databaseGroups?groupId=all-" + story,
        "{\"expression\": \"resource.database_name.endsWith('_%d')\"}".formatted(story),
        DatabaseGroup.getDefaultInstance());
    var plan =
        checked(
            "UPDATE book SET title = 'w' WHERE id = 1;",
            List.of("projects/shop/databaseGroups/all-" + story));
    post(plan + "/rollout", "{}");
    live.server.ports().databases().sync("production", Set.of(production, other));

    stage(plan, "staging", 0);
    assertThat(get(plan).getNewcomersList())
        .containsExactly("instances/production/databases/" + other);
    stage(plan, "production", 1);
    await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(count(production, "title = 'w'")).isEqualTo(1);
    assertThat(count(other, "title = 'w'")).isZero();
  }

  @Test
  void aSecondSpecFindsWhatTheFirstOneMade() throws Exception {
    var database = "[\"instances/staging/databases/%s\"]".formatted(staging);
    var plan =
        live.rest
            .post(
                "/v1/projects/shop/plans",
                """
                {"specs": [
                  {"id": "one", "changeDatabaseConfig": {"sheet": "%s", "targets": %s}},
                  {"id": "two", "changeDatabaseConfig": {"sheet": "%s", "targets": %s}}]}
                """
                    .formatted(
                        sheet("ALTER TABLE book ADD COLUMN isbn text;"),
                        database,
                        sheet("UPDATE book SET isbn = 'u' WHERE id = 1;"),
                        database),
                Plan.getDefaultInstance())
            .getName();
    check(plan);

    post(plan + "/rollout", "{}");
    stage(plan, "staging", 0);

    assertThat(count(staging, "isbn = 'u'")).isEqualTo(1);
    assertThat(
            live.rest
                .get("/v1/" + plan + "/planCheckRun", PlanCheckRun.getDefaultInstance())
                .getAttempt())
        .as("checked again in between")
        .isEqualTo(2);
  }

  @Test
  void aProjectMayWantItsPlansRolledOutByThemselves() throws Exception {
    live.rest.post(
        "/v1/projects?projectId=auto-" + story,
        "{\"settings\": {\"automaticRollout\": true}}",
        Project.getDefaultInstance());
    var sheet =
        live.rest.post(
            "/v1/projects/auto-%d/sheets".formatted(story),
            "{\"content\": \"UPDATE book SET title = 'v' WHERE id = 1;\"}",
            Sheet.getDefaultInstance());
    var plan =
        live.rest
            .post(
                "/v1/projects/auto-%d/plans".formatted(story),
                "{\"specs\": [{\"id\": \"change\", \"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [\"%s\", \"%s\"]}}]}"
                    .formatted(sheet.getName(), both().getFirst(), both().getLast()),
                Plan.getDefaultInstance())
            .getName();
    check(plan);

    while (live.rest.send("GET", "/v1/" + plan + "/rollout", "").statusCode() != 200) {
      Thread.sleep(50);
    }
    var done = await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(done.getCreator()).isEqualTo("automatic rollout");
    assertThat(count(production, "title = 'v'")).isEqualTo(1);
  }
}
