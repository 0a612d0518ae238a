// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.PlanCheckRunResult;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Plans of one project and their way to real databases, over REST: a server for each of the
/// environments staging and production, which are the same one in truth.
record LiveRollouts(LiveServer live) implements AutoCloseable {
  static LiveRollouts start() throws IOException, SQLException {
    var live = new LiveServer(RunSettings.DEFAULT, Map.of("OWNER_PASSWORD", "fr0m-the-env"));
    live.execute("postgres", "create role owner login password 'fr0m-the-env'");
    live.rest.post("/v1/projects?projectId=shop", "{}", Project.getDefaultInstance());
    var rollouts = new LiveRollouts(live);
    rollouts.register("staging");
    rollouts.register("production");
    return rollouts;
  }

  private void register(String environment) {
    live.rest.post(
        "/v1/instances?instanceId=" + environment,
        """
        {"engine": "POSTGRESQL", "environment": "%s", "host": "127.0.0.1", "port": %d,
         "user": "owner", "password": {"env": "OWNER_PASSWORD"}, "tlsMode": "DISABLE"}
        """
            .formatted(environment, live.customer.port()),
        Instance.getDefaultInstance());
  }

  /// With a table of ten books.
  void createDatabase(String database) throws SQLException {
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

  String sheet(String sql) {
    return live.rest
        .post(
            "/v1/projects/shop/sheets",
            "{\"content\": \"%s\"}".formatted(sql),
            Sheet.getDefaultInstance())
        .getName();
  }

  String specs(String sql, List<String> targets) {
    return "{\"specs\": [{\"id\": \"change\", \"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [%s]}}]}"
        .formatted(
            sheet(sql),
            targets.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")));
  }

  String plan(String sql, List<String> targets) {
    return live.rest
        .post("/v1/projects/shop/plans", specs(sql, targets), Plan.getDefaultInstance())
        .getName();
  }

  PlanCheckRun check(String plan) throws InterruptedException {
    var run =
        live.rest.post("/v1/" + plan + ":runPlanChecks", "{}", PlanCheckRun.getDefaultInstance());
    while (!run.hasFinishTime()) {
      Thread.sleep(20);
      run = run(plan);
    }
    assertThat(run.getStatus()).isEqualTo(PlanCheckRun.Status.DONE);
    return run;
  }

  PlanCheckRun run(String plan) {
    return live.rest.get("/v1/" + plan + "/planCheckRun", PlanCheckRun.getDefaultInstance());
  }

  String checked(String sql, List<String> targets) throws InterruptedException {
    var plan = plan(sql, targets);
    check(plan);
    return plan;
  }

  List<PlanCheckRunResult> results(String plan, String target) {
    return live
        .rest
        .get(
            "/v1/" + plan + "/planCheckRun/results?pageSize=1000",
            ListPlanCheckRunResultsResponse.getDefaultInstance())
        .getResultsList()
        .stream()
        .filter(result -> result.getTarget().equals(target))
        .toList();
  }

  GateEvaluation gate(String plan) {
    return live.rest.get("/v1/" + plan + ":evaluateGate", GateEvaluation.getDefaultInstance());
  }

  Rollout post(String path, String json) {
    return live.rest.post("/v1/" + path, json, Rollout.getDefaultInstance());
  }

  Rollout get(String plan) {
    return live.rest.get("/v1/" + plan + "/rollout", Rollout.getDefaultInstance());
  }

  Rollout await(String plan, Predicate<Rollout> holds) throws InterruptedException {
    var rollout = get(plan);
    while (!holds.test(rollout)) {
      Thread.sleep(20);
      rollout = get(plan);
    }
    return rollout;
  }

  void begin(String plan, String environment) {
    post(plan + "/rollout:startStage", "{\"environment\": \"%s\"}".formatted(environment));
  }

  void stage(String plan, String environment, int number) throws InterruptedException {
    begin(plan, environment);
    await(plan, rollout -> rollout.getStages(number).getState() == RolloutStage.State.DONE);
  }

  RolloutTask task(String plan, int number) {
    return live.rest.get(
        "/v1/%s/rollout/tasks/%d".formatted(plan, number), RolloutTask.getDefaultInstance());
  }

  long count(String database, String where) throws SQLException {
    try (var connection = live.customer.connect(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from book where " + where)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
