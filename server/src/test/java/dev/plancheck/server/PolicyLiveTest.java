// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.GateReason;
import dev.plancheck.api.v1.GoverningPolicy;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.ListReviewPoliciesResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.PlanCheckRun.Verdict;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.ReviewPolicy;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.checks.run.RunSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Review policies of environments and projects over REST, on real databases: what they make of a
/// plan's findings, of its gate and of its rollout.
@Timeout(120)
final class PolicyLiveTest {
  private static final String STAGING = "instances/staging/databases/shop_staging";
  private static final String PRODUCTION = "instances/production/databases/shop_production";
  private static final String WARNS = "rules: {data.update-without-where: warning}";

  /// Other borders than the usual ones, too: all of a book's ten rows are large there.
  private static final String FAILS =
      "rules: {data.update-without-where: error}\nsizes: {small: {rows: 2}, large: {rows: 5}}";

  private static final String WARNS_THERE = FAILS.replace("error", "warning");

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveServer live;

  @BeforeAll
  static void start() throws IOException, SQLException {
    live = new LiveServer(RunSettings.DEFAULT, Map.of("OWNER_PASSWORD", "fr0m-the-env"));
    live.execute("postgres", "create role owner login password 'fr0m-the-env'");
    live.rest.post("/v1/projects?projectId=shop", "{}", Project.getDefaultInstance());
    live.rest.post("/v1/projects?projectId=other", "{}", Project.getDefaultInstance());
    for (var environment : List.of("staging", "production")) {
      live.rest.post(
          "/v1/instances?instanceId=" + environment,
          """
          {"engine": "POSTGRESQL", "environment": "%s", "host": "127.0.0.1", "port": %d,
           "user": "owner", "password": {"env": "OWNER_PASSWORD"}, "tlsMode": "DISABLE"}
          """
              .formatted(environment, live.customer.port()),
          Instance.getDefaultInstance());
      var database = "shop_" + environment;
      live.execute("postgres", "create database %s owner owner".formatted(database));
      live.execute(
          database,
          """
          create table book (id integer primary key, title text not null);
          alter table book owner to owner;
          insert into book select n, 'title ' || n from generate_series(1, 10) n;
          analyze book;
          """);
      live.server.ports().databases().sync(environment, Set.of(database));
    }
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @AfterEach
  void deletePolicies() {
    for (var policy : policies().getReviewPoliciesList()) {
      assertThat(live.rest.send("DELETE", "/v1/" + policy.getName(), "").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void eachEnvironmentHasItsOwnSeverityAndAChangeShutsTheGate() throws InterruptedException {
    create("lenient", "staging", WARNS);
    create("strict", "production", FAILS);
    create("foreign", "test", FAILS);
    var plan = plan("UPDATE book SET title = upper(title);");
    var run = check(plan);

    assertThat(status(plan, STAGING)).isEqualTo(FindingStatus.WARNING);
    assertThat(status(plan, PRODUCTION)).isEqualTo(FindingStatus.ERROR);
    assertThat(run.getVerdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.getPoliciesList())
        .extracting(GoverningPolicy::getEnvironment)
        .containsExactly("environments/production", "environments/staging");
    assertThat(run.getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/strict");
    assertThat(run.getPolicies(0).getHash()).isEqualTo(get("strict").getHash());
    assertThat(gate(plan)).containsExactly(GateReason.Kind.ERRORS);

    change("foreign", WARNS);
    assertThat(run(plan).getStaleReasonsList()).isEmpty();
    change("strict", WARNS_THERE);
    assertThat(run(plan).getStaleReasonsList())
        .containsExactly("the review policy of production was changed");
    assertThat(gate(plan)).contains(GateReason.Kind.STALE);
    assertThat(live.rest.send("POST", "/v1/%s/rollout".formatted(plan), "{}").statusCode())
        .isEqualTo(400);

    assertThat(check(plan).getVerdict()).isEqualTo(Verdict.WARN);
    assertThat(gate(plan)).isEmpty();

    change("strict", FAILS);
    assertThat(gate(plan)).containsExactly(GateReason.Kind.STALE);
    assertThat(check(plan).getVerdict()).isEqualTo(Verdict.FAIL);
    assertThat(gate(plan)).containsExactly(GateReason.Kind.ERRORS);
  }

  @Test
  void theMostSpecificPolicyGoverns() throws InterruptedException {
    var plan = plan("UPDATE book SET title = lower(title);");
    assertThat(check(plan).getPolicies(0).getPolicy()).isEmpty();

    post("everything", "", "", WARNS);
    post("production", "", "environments/production", FAILS);
    assertThat(check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/production");
    assertThat(run(plan).getPolicies(1).getPolicy()).isEqualTo("reviewPolicies/everything");
    post("other", "projects/other", "environments/production", WARNS);
    assertThat(run(plan).getStaleReasonsList()).isEmpty();
    post("shop", "projects/shop", "", WARNS);
    assertThat(check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/shop");
    post("both", "projects/shop", "environments/production", FAILS);
    assertThat(check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/both");
    assertThat(run(plan).getPolicies(1).getPolicy()).isEqualTo("reviewPolicies/shop");
  }

  @Test
  void aRolloutStopsAtThePolicyThatGovernsWhenItsTurnComes() throws InterruptedException {
    create("strict", "production", WARNS_THERE);
    create("lenient", "staging", WARNS);
    var plan = plan("UPDATE book SET title = title || '!';");
    var _ = check(plan);
    rollout(plan + "/rollout", "{}");
    stage(plan, "staging");
    await(plan, rollout -> rollout.getStages(0).getDoneCount() == 1);

    change("strict", FAILS);
    stage(plan, "production");
    await(plan, rollout -> rollout.getStages(1).getFailedCount() == 1);
    assertThat(task(plan, 2).getMessage()).contains("1 result is an error");

    change("strict", WARNS_THERE);
    rollout(plan + "/rollout:retryTasks", "{\"tasks\": [2]}");
    await(plan, rollout -> rollout.getState() == Rollout.State.DONE);
  }

  @Test
  void nothingIsStoredThatCannotBeRead() {
    create("strict", "production", WARNS);
    var text = "rules:\n  data.update-without-were: error\nsizes: {large: {rows: many}}\n";

    for (var answer :
        List.of(
            live.rest.send("POST", "/v1/reviewPolicies?reviewPolicyId=bad", json("", "", text)),
            live.rest.send("PATCH", "/v1/reviewPolicies/strict", json("", "", text)))) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains(
              "\"field\": \"policy.text\"",
              "line 2:3: rule data.update-without-were: unknown (did you mean"
                  + " data.update-without-where or",
              "line 3:23: rows of large: many (expected: a whole number)");
    }
    assertThat(get("strict").getText()).isEqualTo(WARNS);
    assertThat(policies().getReviewPoliciesCount()).isEqualTo(1);
  }

  @Test
  void twoWhoChangeAtOnceLoseNothing() {
    create("strict", "production", WARNS);
    var read = get("strict");
    change("strict", FAILS);

    var answer =
        live.rest.send(
            "PATCH",
            "/v1/reviewPolicies/strict",
            "{\"text\": \"\", \"etag\": \"%s\"}".formatted(read.getEtag()));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("reviewPolicies/strict was changed meanwhile");
    assertThat(get("strict").getText()).isEqualTo(FAILS);
    assertThat(get("strict").getUpdater()).isEqualTo("users/local");

    var second =
        live.rest.send(
            "POST",
            "/v1/reviewPolicies?reviewPolicyId=second",
            json("", "environments/production", WARNS));
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body())
        .contains("reviewPolicies/strict governs environment production already");
  }

  @Test
  void listsPageByPage() {
    for (var id : List.of("staging", "production", "test")) {
      create(id, id, WARNS);
    }
    var first = page("");
    assertThat(first.getReviewPoliciesList())
        .extracting(ReviewPolicy::getName)
        .containsExactly("reviewPolicies/production", "reviewPolicies/staging");
    var second = page(first.getNextPageToken());
    assertThat(second.getReviewPoliciesList())
        .extracting(ReviewPolicy::getName)
        .containsExactly("reviewPolicies/test");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  private static ListReviewPoliciesResponse page(String token) {
    return live.rest.get(
        "/v1/reviewPolicies?pageSize=2&pageToken=" + token,
        ListReviewPoliciesResponse.getDefaultInstance());
  }

  private static void create(String id, String environment, String text) {
    post(id, "", "environments/" + environment, text);
  }

  private static void post(String id, String project, String environment, String text) {
    live.rest.post(
        "/v1/reviewPolicies?reviewPolicyId=" + id,
        json(project, environment, text),
        ReviewPolicy.getDefaultInstance());
  }

  private static void change(String id, String text) {
    live.rest.patch(
        "/v1/reviewPolicies/" + id, json("", "", text), ReviewPolicy.getDefaultInstance());
  }

  private static String json(String project, String environment, String text) {
    var policy =
        ReviewPolicy.newBuilder().setProject(project).setEnvironment(environment).setText(text);
    try {
      return JsonFormat.printer().print(policy);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ReviewPolicy get(String id) {
    return live.rest.get("/v1/reviewPolicies/" + id, ReviewPolicy.getDefaultInstance());
  }

  private static ListReviewPoliciesResponse policies() {
    return live.rest.get("/v1/reviewPolicies", ListReviewPoliciesResponse.getDefaultInstance());
  }

  /// On both databases.
  private static String plan(String sql) {
    var sheet =
        live.rest
            .post(
                "/v1/projects/shop/sheets",
                "{\"content\": \"%s\"}".formatted(sql),
                Sheet.getDefaultInstance())
            .getName();
    return live.rest
        .post(
            "/v1/projects/shop/plans",
            "{\"specs\": [{\"id\": \"change\", \"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [\"%s\", \"%s\"]}}]}"
                .formatted(sheet, STAGING, PRODUCTION),
            Plan.getDefaultInstance())
        .getName();
  }

  private static PlanCheckRun run(String plan) {
    return live.rest.get("/v1/" + plan + "/planCheckRun", PlanCheckRun.getDefaultInstance());
  }

  private static PlanCheckRun check(String plan) throws InterruptedException {
    var run =
        live.rest.post("/v1/" + plan + ":runPlanChecks", "{}", PlanCheckRun.getDefaultInstance());
    while (!run.hasFinishTime()) {
      Thread.sleep(20);
      run = run(plan);
    }
    assertThat(run.getStatus()).isEqualTo(PlanCheckRun.Status.DONE);
    return run;
  }

  private static FindingStatus status(String plan, String target) {
    return live
        .rest
        .get(
            "/v1/%s/planCheckRun/results?pageSize=1000".formatted(plan),
            ListPlanCheckRunResultsResponse.getDefaultInstance())
        .getResultsList()
        .stream()
        .filter(result -> result.getTarget().equals(target))
        .filter(result -> result.getRule().equals("data.update-without-where"))
        .map(result -> result.getStatus())
        .findFirst()
        .orElseThrow();
  }

  private static List<GateReason.Kind> gate(String plan) {
    return live
        .rest
        .get("/v1/" + plan + ":evaluateGate", GateEvaluation.getDefaultInstance())
        .getReasonsList()
        .stream()
        .map(GateReason::getKind)
        .toList();
  }

  private static void rollout(String path, String json) {
    live.rest.post("/v1/" + path, json, Rollout.getDefaultInstance());
  }

  private static void stage(String plan, String environment) {
    rollout(plan + "/rollout:startStage", "{\"environment\": \"%s\"}".formatted(environment));
  }

  private static void await(String plan, Predicate<Rollout> holds) throws InterruptedException {
    while (!holds.test(live.rest.get("/v1/" + plan + "/rollout", Rollout.getDefaultInstance()))) {
      Thread.sleep(20);
    }
  }

  private static RolloutTask task(String plan, int number) {
    return live.rest.get(
        "/v1/%s/rollout/tasks/%d".formatted(plan, number), RolloutTask.getDefaultInstance());
  }
}
