// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GateReason;
import dev.plancheck.api.v1.GoverningPolicy;
import dev.plancheck.api.v1.ListReviewPoliciesResponse;
import dev.plancheck.api.v1.PlanCheckRun.Verdict;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.ReviewPolicy;
import dev.plancheck.api.v1.Rollout;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
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
  private static LiveRollouts shop;

  @BeforeAll
  static void start() throws IOException, SQLException {
    shop = LiveRollouts.start();
    shop.live().rest.post("/v1/projects?projectId=other", "{}", Project.getDefaultInstance());
    for (var environment : List.of("staging", "production")) {
      shop.createDatabase("shop_" + environment);
      shop.live().server.ports().databases().sync(environment, Set.of("shop_" + environment));
    }
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @AfterEach
  void deletePolicies() {
    for (var policy : policies().getReviewPoliciesList()) {
      assertThat(shop.live().rest.send("DELETE", "/v1/" + policy.getName(), "").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void eachEnvironmentHasItsOwnSeverityAndAChangeShutsTheGate() throws InterruptedException {
    create("lenient", "staging", WARNS);
    create("strict", "production", FAILS);
    create("foreign", "test", FAILS);
    var plan = plan("UPDATE book SET title = upper(title);");
    var run = shop.check(plan);

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
    assertThat(shop.run(plan).getStaleReasonsList()).isEmpty();
    change("strict", WARNS_THERE);
    assertThat(shop.run(plan).getStaleReasonsList())
        .containsExactly("the review policy of production was changed");
    assertThat(gate(plan)).contains(GateReason.Kind.STALE);
    assertThat(shop.live().rest.send("POST", "/v1/%s/rollout".formatted(plan), "{}").statusCode())
        .isEqualTo(400);

    assertThat(shop.check(plan).getVerdict()).isEqualTo(Verdict.WARN);
    assertThat(gate(plan)).isEmpty();

    change("strict", FAILS);
    assertThat(gate(plan)).containsExactly(GateReason.Kind.STALE);
    assertThat(shop.check(plan).getVerdict()).isEqualTo(Verdict.FAIL);
    assertThat(gate(plan)).containsExactly(GateReason.Kind.ERRORS);
  }

  @Test
  void theMostSpecificPolicyGoverns() throws InterruptedException {
    var plan = plan("UPDATE book SET title = lower(title);");
    assertThat(shop.check(plan).getPolicies(0).getPolicy()).isEmpty();

    post("everything", "", "", WARNS);
    post("production", "", "environments/production", FAILS);
    assertThat(shop.check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/production");
    assertThat(shop.run(plan).getPolicies(1).getPolicy()).isEqualTo("reviewPolicies/everything");
    post("other", "projects/other", "environments/production", WARNS);
    assertThat(shop.run(plan).getStaleReasonsList()).isEmpty();
    post("shop", "projects/shop", "", WARNS);
    assertThat(shop.check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/shop");
    post("both", "projects/shop", "environments/production", FAILS);
    assertThat(shop.check(plan).getPolicies(0).getPolicy()).isEqualTo("reviewPolicies/both");
    assertThat(shop.run(plan).getPolicies(1).getPolicy()).isEqualTo("reviewPolicies/shop");
  }

  @Test
  void aRolloutStopsAtThePolicyThatGovernsWhenItsTurnComes() throws InterruptedException {
    create("strict", "production", WARNS_THERE);
    create("lenient", "staging", WARNS);
    var plan = plan("UPDATE book SET title = title || '!';");
    shop.check(plan);
    shop.post(plan + "/rollout", "{}");
    shop.begin(plan, "staging");
    shop.await(plan, rollout -> rollout.getStages(0).getDoneCount() == 1);

    change("strict", FAILS);
    shop.begin(plan, "production");
    shop.await(plan, rollout -> rollout.getStages(1).getFailedCount() == 1);
    assertThat(shop.task(plan, 2).getMessage()).contains("1 result is an error");

    change("strict", WARNS_THERE);
    shop.post(plan + "/rollout:retryTasks", "{\"tasks\": [2]}");
    shop.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);
  }

  @Test
  void nothingIsStoredThatCannotBeRead() {
    create("strict", "production", WARNS);
    var text = "rules:\n  data.update-without-were: error\nsizes: {large: {rows: many}}\n";

    for (var answer :
        List.of(
            shop.live()
                .rest
                .send("POST", "/v1/reviewPolicies?reviewPolicyId=bad", json("", "", text)),
            shop.live().rest.send("PATCH", "/v1/reviewPolicies/strict", json("", "", text)))) {
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
        shop.live()
            .rest
            .send(
                "PATCH",
                "/v1/reviewPolicies/strict",
                "{\"text\": \"\", \"etag\": \"%s\"}".formatted(read.getEtag()));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("reviewPolicies/strict was changed meanwhile");
    assertThat(get("strict").getText()).isEqualTo(FAILS);
    assertThat(get("strict").getUpdater()).isEqualTo("users/local");

    var second =
        shop.live()
            .rest
            .send(
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
    return shop.live()
        .rest
        .get(
            "/v1/reviewPolicies?pageSize=2&pageToken=" + token,
            ListReviewPoliciesResponse.getDefaultInstance());
  }

  private static void create(String id, String environment, String text) {
    post(id, "", "environments/" + environment, text);
  }

  private static void post(String id, String project, String environment, String text) {
    shop.live()
        .rest
        .post(
            "/v1/reviewPolicies?reviewPolicyId=" + id,
            json(project, environment, text),
            ReviewPolicy.getDefaultInstance());
  }

  private static void change(String id, String text) {
    shop.live()
        .rest
        .patch("/v1/reviewPolicies/" + id, json("", "", text), ReviewPolicy.getDefaultInstance());
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
    return shop.live().rest.get("/v1/reviewPolicies/" + id, ReviewPolicy.getDefaultInstance());
  }

  private static ListReviewPoliciesResponse policies() {
    return shop.live()
        .rest
        .get("/v1/reviewPolicies", ListReviewPoliciesResponse.getDefaultInstance());
  }

  /// On both databases.
  private static String plan(String sql) {
    return shop.plan(sql, List.of(STAGING, PRODUCTION));
  }

  private static FindingStatus status(String plan, String target) {
    return shop.results(plan, target).stream()
        .filter(result -> result.getRule().equals("data.update-without-where"))
        .map(result -> result.getStatus())
        .findFirst()
        .orElseThrow();
  }

  private static List<GateReason.Kind> gate(String plan) {
    return shop.gate(plan).getReasonsList().stream().map(GateReason::getKind).toList();
  }
}
