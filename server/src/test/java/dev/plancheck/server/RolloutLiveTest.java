// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.DatabaseGroup;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.ListDatabaseChangesResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutStage;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.api.v1.Sheet;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static LiveRollouts live;

  /// Each test has databases to itself.
  private final int story = STORIES.incrementAndGet();

  private final String staging = "staging_" + story;
  private final String production = "production_" + story;
  private final String other = "other_" + story;

  @BeforeAll
  static void start() throws IOException, SQLException {
    live = LiveRollouts.start();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @BeforeEach
  void createDatabases() throws SQLException {
    for (var database : List.of(staging, production, other)) {
      live.createDatabase(database);
    }
    sync("staging", Set.of(staging));
    sync("production", Set.of(production));
  }

  private static void sync(String instance, Set<String> databases) {
    live.live().server.ports().databases().sync(instance, databases);
  }

  private List<String> both() {
    return List.of(
        "instances/staging/databases/" + staging, "instances/production/databases/" + production);
  }

  @Test
  void aBlockedPlanIsEditedCheckedAndRolledOutAndTheDataIsChanged() throws Exception {
    var plan = live.checked("DROP TABLE nothing;", both());
    assertThat(live.live().rest.send("POST", "/v1/" + plan + "/rollout", "{}").body())
        .contains("the gate of", "is shut");
    live.live()
        .rest
        .patch(
            "/v1/" + plan + "?updateMask=specs",
            live.specs("UPDATE book SET title = upper(title) WHERE id < 4;", both()),
            Plan.getDefaultInstance());
    assertThat(
            live.live()
                .rest
                .get("/v1/" + plan + ":evaluateGate", GateEvaluation.getDefaultInstance())
                .getState())
        .isEqualTo(GateEvaluation.State.BLOCKED);
    live.check(plan);

    live.post(plan + "/rollout", "{}");
    live.stage(plan, "staging", 0);
    assertThat(live.count(staging, "title like 'TITLE%'")).isEqualTo(3);
    assertThat(live.count(production, "title like 'TITLE%'")).as("its turn comes").isZero();
    live.stage(plan, "production", 1);
    live.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(live.count(production, "title like 'TITLE%'")).isEqualTo(3);
    var task = live.task(plan, 2);
    assertThat(task.getTransactional()).isTrue();
    assertThat(task.getStatements(0).getRows()).isEqualTo(3);
    var log =
        live.live()
            .rest
            .get(
                "/v1/instances/production/databaseChanges?database=" + production,
                ListDatabaseChangesResponse.getDefaultInstance());
    assertThat(log.getChangesList()).hasSize(1);
    assertThat(log.getChanges(0).getOutcome()).isEqualTo(RolloutTask.State.DONE);
  }

  @Test
  void aFailureLeavesNothingBehindAndIsRetried() throws Exception {
    var plan =
        live.checked(
            "UPDATE book SET title = 'x' || title WHERE id > 0; UPDATE book SET id = 1 WHERE id >"
                + " 5;",
            both());

    live.post(plan + "/rollout", "{}");
    live.post(plan + "/rollout:startStage", "{\"environment\": \"staging\"}");
    live.await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.FAILED);

    var task = live.task(plan, 1);
    assertThat(task.getState()).isEqualTo(RolloutTask.State.FAILED);
    assertThat(task.getMessage()).contains("duplicate key");
    assertThat(task.getStatement()).isEqualTo(2);
    assertThat(live.count(staging, "title like 'xtitle%'")).isZero();
    live.post(plan + "/rollout:retryTasks", "{\"tasks\": [1]}");
    live.await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.FAILED);
    var canceled = live.post(plan + "/rollout:cancel", "{}");
    assertThat(canceled.getState()).isEqualTo(Rollout.State.CANCELED);
  }

  @Test
  void whatWasChangedSinceTheCheckIsNotTouchedBeforeItIsCheckedAgain() throws Exception {
    var plan = live.checked("UPDATE book SET title = 'y' WHERE id = 1;", both());
    live.post(plan + "/rollout", "{}");
    live.live().execute(staging, "alter table book add column isbn text");

    live.post(plan + "/rollout:startStage", "{\"environment\": \"staging\"}");
    live.await(plan, rollout -> rollout.getStages(0).getDriftedCount() == 1);
    assertThat(live.count(staging, "title = 'y'")).isZero();

    live.post(plan + "/rollout:retryTasks", "{\"tasks\": [1]}");
    live.await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.DONE);
    assertThat(live.count(staging, "title = 'y'")).isEqualTo(1);
    assertThat(live.run(plan).getAttempt()).isEqualTo(2);
  }

  @Test
  void statementsThatNeedNoTransactionAreAppliedOneByOne() throws Exception {
    var plan =
        live.checked(
            "CREATE INDEX CONCURRENTLY book_title ON book (title); UPDATE book SET title = 'z'"
                + " WHERE id = 1;",
            both());

    live.post(plan + "/rollout", "{\"automatic\": true}");
    live.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(live.count(production, "title = 'z'")).isEqualTo(1);
    var task = live.task(plan, 2);
    assertThat(task.getTransactional()).isFalse();
    assertThat(task.getStatementsList()).hasSize(2).allMatch(one -> one.getFinished());
  }

  @Test
  void aDatabaseThatJoinsTheGroupAfterTheCheckIsNotTouched() throws Exception {
    live.live()
        .rest
        .post(
            "/v1/projects/shop/databaseGroups?groupId=all-" + story,
            "{\"expression\": \"resource.database_name.endsWith('_%d')\"}".formatted(story),
            DatabaseGroup.getDefaultInstance());
    var plan =
        live.checked(
            "UPDATE book SET title = 'w' WHERE id = 1;",
            List.of("projects/shop/databaseGroups/all-" + story));
    live.post(plan + "/rollout", "{}");
    sync("production", Set.of(production, other));

    live.stage(plan, "staging", 0);
    assertThat(live.get(plan).getNewcomersList())
        .containsExactly("instances/production/databases/" + other);
    live.stage(plan, "production", 1);
    live.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(live.count(production, "title = 'w'")).isEqualTo(1);
    assertThat(live.count(other, "title = 'w'")).isZero();
  }

  @Test
  void aSecondSpecFindsWhatTheFirstOneMade() throws Exception {
    var database = "[\"instances/staging/databases/%s\"]".formatted(staging);
    var plan =
        live.live()
            .rest
            .post(
                "/v1/projects/shop/plans",
                """
                {"specs": [
                  {"id": "one", "changeDatabaseConfig": {"sheet": "%s", "targets": %s}},
                  {"id": "two", "changeDatabaseConfig": {"sheet": "%s", "targets": %s}}]}
                """
                    .formatted(
                        live.sheet("ALTER TABLE book ADD COLUMN isbn text;"),
                        database,
                        live.sheet("UPDATE book SET isbn = 'u' WHERE id = 1;"),
                        database),
                Plan.getDefaultInstance())
            .getName();
    live.check(plan);

    live.post(plan + "/rollout", "{}");
    live.stage(plan, "staging", 0);

    assertThat(live.count(staging, "isbn = 'u'")).isEqualTo(1);
    assertThat(live.run(plan).getAttempt()).as("checked again in between").isEqualTo(2);
  }

  @Test
  void aProjectMayWantItsPlansRolledOutByThemselves() throws Exception {
    live.live()
        .rest
        .post(
            "/v1/projects?projectId=auto-" + story,
            "{\"settings\": {\"automaticRollout\": true}}",
            Project.getDefaultInstance());
    var sheet =
        live.live()
            .rest
            .post(
                "/v1/projects/auto-%d/sheets".formatted(story),
                "{\"content\": \"UPDATE book SET title = 'v' WHERE id = 1;\"}",
                Sheet.getDefaultInstance());
    var plan =
        live.live()
            .rest
            .post(
                "/v1/projects/auto-%d/plans".formatted(story),
                "{\"specs\": [{\"id\": \"change\", \"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [\"%s\", \"%s\"]}}]}"
                    .formatted(sheet.getName(), both().getFirst(), both().getLast()),
                Plan.getDefaultInstance())
            .getName();
    live.check(plan);

    while (live.live().rest.send("GET", "/v1/" + plan + "/rollout", "").statusCode() != 200) {
      Thread.sleep(50);
    }
    var done = live.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(done.getCreator()).isEqualTo("automatic rollout");
    assertThat(live.count(production, "title = 'v'")).isEqualTo(1);
  }
}
