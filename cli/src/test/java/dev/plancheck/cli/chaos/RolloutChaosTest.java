// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.store.Storage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Servers that are killed while the statement that they sent is still at work in a user's
/// database.
final class RolloutChaosTest extends ChaosContext {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aTransactionThatOutlivesItsServerIsAppliedExactlyOnce() throws Exception {
    var plan = begin("roll_1", "INSERT INTO item VALUES (2, 2, 'two');\nSELECT pg_sleep(5);\n");
    awaitStatement("roll_1", "pg_sleep");

    worker().kill();

    awaitState("DONE");
    assertThat(number("roll_1", "select count(*) from item where id = 2")).isEqualTo(1);
    assertThat(number("roll_1", "select count(*) from plancheck_record.applied_change"))
        .isEqualTo(1);
    assertTakenOver(plan);
  }

  @Test
  void aStatementThatOutlivesItsServerIsNeverSentAgain() throws Exception {
    var plan = create("roll_2", "CREATE INDEX CONCURRENTLY item_note_roll ON item (note);\n");
    try (var writer = fleet.cluster().connect("roll_2");
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("insert into item values (3, 3, 'not committed')");
      start(plan);
      awaitStatement("roll_2", "CONCURRENTLY");

      worker().kill();

      Signals.await(
          "another server that finds it at work",
          PATIENCE,
          () -> rig.metadata.number("select max(epoch) from plancheck.rollout_task") > 1);
      assertThat(working("roll_2", "CONCURRENTLY")).isEqualTo(1);
      writer.commit();
    }

    awaitState("UNKNOWN");
    assertThat(
            number("roll_2", "select count(*) from pg_class where relname like 'item_note_roll%'"))
        .isEqualTo(1);
    assertTakenOver(plan);
  }

  private PlanName begin(String database, String sql) throws Exception {
    var plan = create(database, sql);
    start(plan);
    return plan;
  }

  /// Two servers, and a plan for one database that was checked and may go.
  private PlanName create(String database, String sql) throws Exception {
    try (var connection = fleet.cluster().connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database %s template template_of_all".formatted(database));
    }
    rig.begin();
    rig.serve();
    var plan = plan(database, sql);
    rig.replicas().getFirst().ready().check(plan);
    assertThat(rig.awaitEnd(plan).verdict()).isIn(Verdict.PASS, Verdict.WARN);
    return plan;
  }

  private PlanName plan(String database, String sql) {
    try (var storage = Storage.open(rig.metadata.config())) {
      storage.projects().create(new Project("chaos", "Chaos", Project.Settings.DEFAULT));
      storage.instances().create(fleet.instance(Rig.INSTANCE, fleet.cluster().port()));
      storage.databases().sync(Rig.INSTANCE, Set.of(database));
      var sheet = storage.sheets().put("chaos", sql).sha256();
      var target = new DatabaseName(Rig.INSTANCE, database);
      return storage
          .plans()
          .create(
              "chaos",
              "A plan",
              List.of(ChangeDatabase.migrate("one", sheet, List.of(target))),
              "chaos")
          .name();
    }
  }

  private void start(PlanName plan) throws Exception {
    var server = rig.replicas().getLast();
    assertThat(server.post("/v1/%s/rollout".formatted(plan), "{}")).contains("production");
    assertThat(
            server.post(
                "/v1/%s/rollout:startStage".formatted(plan), "{\"environment\":\"production\"}"))
        .contains("\"starter\":\"users/local\"");
  }

  private Replica worker() {
    var pid =
        rig.metadata.text(
            "select split_part(picked_by, '-', 1) from plancheck.scheduled_changes where picked");
    return rig.replicas().stream()
        .filter(replica -> Long.toString(replica.run().process().pid()).equals(pid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody works; picked by " + pid));
  }

  private void awaitStatement(String database, String part) throws InterruptedException {
    Signals.await("the statement", PATIENCE, () -> working(database, part) == 1);
  }

  private void awaitState(String state) throws InterruptedException {
    Signals.await(
        "a task that is " + state,
        PATIENCE,
        () -> rig.metadata.text("select state from plancheck.rollout_task").equals(state));
  }

  /// The task had a second owner, and the log of the database has one line of it at most.
  private void assertTakenOver(PlanName plan) throws Exception {
    assertThat(rig.metadata.number("select max(epoch) from plancheck.rollout_task"))
        .isGreaterThan(1);
    var survivor =
        rig.replicas().stream()
            .filter(replica -> replica.run().process().isAlive())
            .findFirst()
            .orElseThrow();
    assertThat(survivor.run().errText()).doesNotContain("ERROR");
    assertThat(rig.metadata.number("select count(*) from plancheck.rollout")).isEqualTo(1);
    assertThat(plan.number()).isEqualTo(1);
  }

  private static long working(String database, String part) {
    return number(
        "postgres",
        """
        select count(*) from pg_stat_activity
        where datname = '%s' and state = 'active' and query like '%%%s%%'
        """
            .formatted(database, part));
  }

  private static long number(String database, String sql) {
    try (var connection = fleet.cluster().connect(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
