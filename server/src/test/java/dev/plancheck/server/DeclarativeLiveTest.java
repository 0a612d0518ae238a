// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.PlanCheckRunResult;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutStage;
import dev.plancheck.api.v1.Sheet;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Wanted schemas on their way to real databases, over REST.
@Timeout(120)
final class DeclarativeLiveTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final String WANTED =
      "CREATE TABLE book (id integer PRIMARY KEY, title text NOT NULL, isbn text);"
          + " CREATE INDEX book_isbn ON book (isbn);";

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveRollouts shop;

  private final int story = STORIES.incrementAndGet();
  private final String plain = "plain_" + story;
  private final String drifted = "drifted_" + story;
  private final String done = "done_" + story;

  @BeforeAll
  static void start() throws IOException, SQLException {
    shop = LiveRollouts.start();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @BeforeEach
  void createDatabases() throws SQLException {
    create(plain, "create table book (id integer primary key, title text not null);");
    create(
        drifted,
        "create table book (id integer primary key, title text not null, isbn text); "
            + "insert into book values (1, 'a', 'b');");
    create(
        done,
        "create table book (id integer primary key, title text not null, isbn text); "
            + "create index book_isbn on book (isbn);");
    shop.live().server.ports().databases().sync("staging", Set.of(plain, drifted, done));
  }

  private static void create(String database, String sql) throws SQLException {
    shop.live().execute("postgres", "create database %s owner owner".formatted(database));
    shop.live().execute(database, sql + " alter table book owner to owner;");
  }

  private static String name(String database) {
    return "instances/staging/databases/" + database;
  }

  private static String plan(String sql, String... databases) {
    var targets =
        List.of(databases).stream()
            .map(database -> '"' + name(database) + '"')
            .collect(Collectors.joining(","));
    return shop.live()
        .rest
        .post(
            "/v1/projects/shop/plans",
            "{\"specs\": [{\"id\": \"want\", \"changeDatabaseConfig\": {\"type\": \"SDL\", \"sheet\": \"%s\", \"targets\": [%s]}}]}"
                .formatted(shop.sheet(sql), targets),
            Plan.getDefaultInstance())
        .getName();
  }

  private static List<PlanCheckRunResult> results(String plan, String database) {
    return shop.results(plan, name(database));
  }

  private static String computed(String plan, String database) {
    var names =
        results(plan, database).stream()
            .map(PlanCheckRunResult::getComputedSheet)
            .distinct()
            .toList();
    assertThat(names).hasSize(1);
    var sheet = shop.live().rest.get("/v1/" + names.getFirst(), Sheet.getDefaultInstance());
    assertThat(sheet.getName()).isEqualTo(names.getFirst());
    return sheet.getContent();
  }

  private static void rollOut(String plan) {
    shop.post(plan + "/rollout", "{}");
    shop.begin(plan, "staging");
  }

  @Test
  void eachDatabaseGetsWhatItLacksAndThenHasTheWantedSchema() throws Exception {
    var plan = plan(WANTED, plain, drifted, done);
    assertThat(shop.check(plan).getVerdict()).isNotEqualTo(PlanCheckRun.Verdict.INCOMPLETE);

    assertThat(computed(plan, plain))
        .contains("ADD COLUMN isbn text", "CREATE INDEX book_isbn ON public.book");
    assertThat(computed(plan, drifted))
        .contains("CREATE INDEX book_isbn")
        .doesNotContain("ADD COLUMN");
    assertThat(computed(plan, done)).isEmpty();

    allowErrors();
    rollOut(plan);
    shop.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(shop.task(plan, 1).getSheet())
        .isEqualTo(results(plan, plain).getFirst().getComputedSheet());
    assertThat(shop.task(plan, 3).getMessage()).isEqualTo("there was nothing to change");
    var again = plan(WANTED, plain, drifted, done);
    shop.check(again);
    for (var database : List.of(plain, drifted, done)) {
      assertThat(computed(again, database)).isEmpty();
      assertThat(results(again, database))
          .extracting(PlanCheckRunResult::getContent)
          .contains("nothing to change: the database has the wanted schema");
    }
  }

  /// What an index is created by blocks writers: that is for another test.
  private static void allowErrors() {
    shop.live()
        .rest
        .patch(
            "/v1/projects/shop?updateMask=settings.allowErrors",
            "{\"settings\": {\"allowErrors\": true}}",
            Project.getDefaultInstance());
  }

  @Test
  void aDropShutsTheGate() throws Exception {
    var plan = plan("CREATE TABLE book (id integer PRIMARY KEY, title text NOT NULL);", drifted);
    shop.live()
        .rest
        .patch(
            "/v1/projects/shop?updateMask=settings.allowErrors",
            "{\"settings\": {\"allowErrors\": false}}",
            Project.getDefaultInstance());

    assertThat(shop.check(plan).getVerdict()).isEqualTo(PlanCheckRun.Verdict.FAIL);

    assertThat(results(plan, drifted))
        .filteredOn(result -> result.getRule().equals("declarative.drop"))
        .extracting(PlanCheckRunResult::getContent)
        .containsExactly(
            "The database has the column isbn of public.book, and the wanted schema has not: it is"
                + " dropped.");
    assertThat(shop.gate(plan).getState()).isEqualTo(GateEvaluation.State.BLOCKED);
    assertThat(shop.live().rest.send("POST", "/v1/" + plan + "/rollout", "{}").body())
        .contains("is shut");
  }

  @Test
  void whatWasChangedSinceTheCheckIsNotTouched() throws Exception {
    var plan = plan(WANTED, plain);
    shop.check(plan);
    allowErrors();
    shop.post(plan + "/rollout", "{}");
    shop.live().execute(plain, "alter table book add column other text");

    shop.begin(plan, "staging");
    shop.await(plan, rollout -> rollout.getStages(0).getDriftedCount() == 1);

    shop.post(plan + "/rollout:retryTasks", "{\"tasks\": [1]}");
    shop.await(
        plan,
        rollout ->
            rollout.getStages(0).getState() == RolloutStage.State.FAILED
                && rollout.getStages(0).getDriftedCount() == 0);
    assertThat(shop.task(plan, 1).getMessage()).contains("another one by now");
    assertThat(columns(plain)).isEqualTo(3);
  }

  private static int columns(String database) throws SQLException {
    try (var connection = shop.live().customer.connect(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select count(*) from information_schema.columns where table_name = 'book'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aWrongSchemaIsAnErrorAndNotNoDifference() throws Exception {
    var plan = plan("CREATE TABLE book (id nonsense);", plain);

    assertThat(shop.check(plan).getVerdict()).isEqualTo(PlanCheckRun.Verdict.INCOMPLETE);

    assertThat(results(plan, plain))
        .filteredOn(result -> result.getRule().equals("declarative.sheet"))
        .extracting(
            PlanCheckRunResult::getContent, result -> result.getRange().getStart().getColumn())
        .containsExactly(tuple("type \"nonsense\" does not exist.", 23));
    assertThat(results(plan, plain))
        .extracting(PlanCheckRunResult::getComputedSheet)
        .containsOnly("");
  }

  @Test
  void aDatabaseThatIsGoneIsNotPerformed() throws Exception {
    shop.live().execute("postgres", "drop database " + plain);
    var plan = plan(WANTED, plain);

    assertThat(shop.check(plan).getVerdict()).isEqualTo(PlanCheckRun.Verdict.INCOMPLETE);

    assertThat(results(plan, plain))
        .extracting(PlanCheckRunResult::getOutcome)
        .containsOnly(PlanCheckRunResult.Outcome.NOT_PERFORMED);
  }
}
