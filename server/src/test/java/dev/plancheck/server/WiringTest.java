// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.api.v1.CancelPlanCheckRunRequest;
import dev.plancheck.api.v1.Database;
import dev.plancheck.api.v1.DatabaseGroup;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.ListDatabasesResponse;
import dev.plancheck.api.v1.ListMatchedDatabasesResponse;
import dev.plancheck.api.v1.ListPlanCheckRunEventsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunsResponse;
import dev.plancheck.api.v1.ListPlansResponse;
import dev.plancheck.api.v1.ListRulesResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.PlanCheckRun.Status;
import dev.plancheck.api.v1.PlanCheckRun.Verdict;
import dev.plancheck.api.v1.PlanCheckRunResult;
import dev.plancheck.api.v1.PlanCheckType;
import dev.plancheck.api.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.Rule;
import dev.plancheck.api.v1.RunPlanChecksRequest;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.api.v1.SyncDatabasesResponse;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.TargetConnector;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole way, over REST and gRPC, on real PostgreSQL servers.
@Timeout(120)
final class WiringTest {
  private static final int TENANTS = 5;
  private static final RunSettings QUICK =
      RunSettings.DEFAULT.withSession(
          new TargetConnector.Limits(
              Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(2)));
  private static final String CHANGE =
      """
      CREATE INDEX book_title ON book (title);
      UPDATE book SET title = upper(title) WHERE id < 3;
      """;

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveServer live;

  @BeforeAll
  static void start() throws IOException, SQLException {
    live = new LiveServer(QUICK, Map.of("TENANTS_PASSWORD", "fr0m-the-env"));
    live.execute("postgres", "create role checker login password 'fr0m-the-env'");
    for (var i = 1; i <= TENANTS; i++) {
      live.execute("postgres", "create database tenant_" + i);
      live.execute(
          "tenant_" + i,
          """
          create table book (id integer primary key, title text not null);
          insert into book select n, 'title ' || n from generate_series(1, 20000) n;
          analyze book;
          grant select, update on book to checker;
          """);
    }
    live.rest.post("/v1/projects?projectId=shop", "{}", Project.getDefaultInstance());
    register("main", live.customer.port());
    live.rest.post(
        "/v1/instances/main:syncDatabases", "{}", SyncDatabasesResponse.getDefaultInstance());
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void aPlanIsCheckedOnEveryDatabaseAndKeptAsOneRecord() {
    var run = runToTheEnd(plan(targets("main")));

    assertThat(run.getStatus()).isEqualTo(Status.DONE);
    assertThat(run.getMatchedCount()).isEqualTo(TENANTS);
    assertThat(run.getDoneCount()).isEqualTo(TENANTS);
    assertThat(run.getNotPerformedCount()).isZero();
    assertThat(run.getVerdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.getPlanVersion()).isEqualTo(1);
    assertThat(run.hasFinishTime()).isTrue();
  }

  @Test
  void resultsComePageByPageInPlanOrderAndFiltered() {
    var run = runToTheEnd(plan(targets("main")));

    var all = results(run, "pageSize=1000").getResultsList();
    var paged = new ArrayList<PlanCheckRunResult>();
    var token = "";
    do {
      var page = results(run, "pageSize=3&pageToken=" + token);
      assertThat(page.getResultsCount()).isBetween(1, 3);
      assertThat(page.getTotalSize()).isEqualTo(all.size());
      paged.addAll(page.getResultsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(paged).isEqualTo(all);
    assertThat(all.stream().map(PlanCheckRunResult::getTarget).distinct())
        .isEqualTo(targets("main"));
    var summaries = results(run, "types=PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT").getResultsList();
    assertThat(summaries).hasSize(TENANTS);
    assertThat(summaries.getFirst().getSummaryReport().getStatementTypesList())
        .containsExactly("CREATE INDEX", "UPDATE");
    var errors =
        results(run, "statuses=ERROR&rules=index.create-without-concurrently&targets=" + first())
            .getResultsList();
    assertThat(errors)
        .singleElement()
        .satisfies(result -> {
          assertThat(result.getStatus()).isEqualTo(FindingStatus.ERROR);
          assertThat(result.getType()).isEqualTo(PlanCheckType.PLAN_CHECK_TYPE_STATEMENT_ADVISE);
          assertThat(result.getRange().getStart().getLine()).isEqualTo(1);
          assertThat(result.getRange().getStart().getColumn()).isEqualTo(1);
          assertThat(result.getSheet()).startsWith("projects/shop/sheets/");
        });
  }

  @Test
  void aPageTokenThatWasTamperedWithOrIsOfOtherFiltersIsRefused() {
    var run = runToTheEnd(plan(targets("main")));
    var token = results(run, "pageSize=2").getNextPageToken();
    assertThat(token).isNotEmpty();

    assertRefused(
        live.rest.send("GET", resultsPath(run, "pageSize=2&pageToken=x" + token.substring(1)), ""),
        400,
        "page_token: not one that this list gave");
    assertRefused(
        live.rest.send("GET", resultsPath(run, "pageSize=2&statuses=ERROR&pageToken=" + token), ""),
        400,
        "page_token: not one that this list gave");
  }

  @Test
  void anUnreachableTargetMakesTheVerdictIncompleteAndSparesTheOthers() {
    register("gone", 1);
    live.server.ports().databases().sync("gone", java.util.Set.of("tenant_1"));
    var targets = new ArrayList<>(targets("main"));
    targets.add("instances/gone/databases/tenant_1");

    var run = runToTheEnd(plan(targets));

    assertThat(run.getStatus()).isEqualTo(Status.DONE);
    assertThat(run.getVerdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(run.getDoneCount()).isEqualTo(TENANTS + 1);
    assertThat(results(run, "outcomes=NOT_PERFORMED").getResultsList())
        .isNotEmpty()
        .allSatisfy(result -> {
          assertThat(result.getTarget()).isEqualTo("instances/gone/databases/tenant_1");
          assertThat(result.getStatus()).isEqualTo(FindingStatus.ERROR);
          assertThat(result.getTitle()).isEqualTo("Check failed");
        });
  }

  @Test
  void anInstanceThatCannotBeReachedCannotBeSynced() {
    register("dead", 1);

    assertRefused(
        live.rest.send("POST", "/v1/instances/dead:syncDatabases", "{}"), 503, "127.0.0.1:1");
  }

  @Test
  void aRunIsCanceledWithinASecondAndItsDatabaseIsLetGo() throws SQLException {
    live.execute("postgres", "create database locked");
    live.execute("locked", "create table book (id integer primary key, title text not null)");
    live.rest.post(
        "/v1/instances/main:syncDatabases", "{}", SyncDatabasesResponse.getDefaultInstance());
    var plan = plan(List.of("instances/main/databases/locked"));
    var stub = live.grpc(PlanServiceBlockingStub.class);
    try (var blocker = live.customer.connect("locked");
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table pg_catalog.pg_class in access exclusive mode");
      stub.runPlanChecks(RunPlanChecksRequest.newBuilder().setName(plan.getName()).build());
      awaitStatus(plan, Status.RUNNING);

      var before = System.nanoTime();
      var canceled =
          stub.cancelPlanCheckRun(
              CancelPlanCheckRunRequest.newBuilder()
                  .setName(plan.getName() + "/planCheckRun")
                  .build());

      assertThat(canceled.getStatus()).isEqualTo(Status.CANCELED);
      assertThat(canceled.getVerdict()).isEqualTo(Verdict.INCOMPLETE);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      blocker.rollback();
    } finally {
      live.execute("postgres", "drop database locked with (force)");
    }
    assertThatThrownBy(() ->
            stub.cancelPlanCheckRun(
                CancelPlanCheckRunRequest.newBuilder()
                    .setName(plan.getName() + "/planCheckRun")
                    .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("FAILED_PRECONDITION")
        .hasMessageContaining("are CANCELED (expected: queued or running)");
  }

  @Test
  void ofTwoUsersWhoEditTheSameVersionTheSecondIsTold() {
    var plan = plan(targets("main"));

    var first =
        live.rest.patch(
            "/v1/" + plan.getName(),
            "{\"title\":\"mine\",\"version\":1}",
            Plan.getDefaultInstance());
    assertThat(first.getVersion()).isEqualTo(2);
    assertThat(first.getSpecsList()).isEqualTo(plan.getSpecsList());

    assertRefused(
        live.rest.send("PATCH", "/v1/" + plan.getName(), "{\"title\":\"yours\",\"version\":1}"),
        409,
        "version");
    assertThat(live.rest.get("/v1/" + plan.getName(), Plan.getDefaultInstance()).getTitle())
        .isEqualTo("mine");
  }

  @Test
  void aRunningPlanIsNotCheckedTwice() throws SQLException {
    var plan = plan(targets("main"));
    try (var blocker = live.customer.connect("tenant_1");
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table pg_catalog.pg_class in access exclusive mode");
      live.rest.post(
          "/v1/" + plan.getName() + ":runPlanChecks", "{}", PlanCheckRun.getDefaultInstance());

      assertRefused(
          live.rest.send("POST", "/v1/" + plan.getName() + ":runPlanChecks", "{}"),
          400,
          "expected: finished; cancel them or wait");
      blocker.rollback();
    }
    assertThat(watchToTheEnd(plan).getStatus()).isEqualTo(Status.DONE);
  }

  @Test
  void runsAreListedWithFilters() {
    var plan = plan(targets("main"));
    var run = runToTheEnd(plan);

    var listed =
        live.rest.get(
            "/v1/projects/-/planCheckRuns?statuses=DONE&resultStatuses=ERROR&plans="
                + plan.getName(),
            ListPlanCheckRunsResponse.getDefaultInstance());
    assertThat(listed.getPlanCheckRunsList()).containsExactly(run);
    assertThat(
            live.rest
                .get(
                    "/v1/projects/shop/planCheckRuns?statuses=FAILED&uids=" + run.getUid(),
                    ListPlanCheckRunsResponse.getDefaultInstance())
                .getPlanCheckRunsList())
        .isEmpty();
  }

  @Test
  void plansAndDatabasesAreListedPageByPage() {
    plan(List.of(first()));
    plan(List.of(first()));

    var newest =
        live.rest.get("/v1/projects/shop/plans?pageSize=1", ListPlansResponse.getDefaultInstance());
    var next =
        live.rest.get(
            "/v1/projects/shop/plans?pageSize=1&pageToken=" + newest.getNextPageToken(),
            ListPlansResponse.getDefaultInstance());
    assertThat(number(newest.getPlans(0))).isEqualTo(number(next.getPlans(0)) + 1);

    var databases = new ArrayList<String>();
    var token = "";
    do {
      var page =
          live.rest.get(
              "/v1/instances/main/databases?pageSize=2&pageToken=" + token,
              ListDatabasesResponse.getDefaultInstance());
      page.getDatabasesList().forEach(database -> databases.add(database.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(databases).containsAll(targets("main")).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void labelsOfADatabaseSurviveASync() {
    live.rest.patch(
        "/v1/" + first(), "{\"labels\":{\"region\":\"eu\"}}", Database.getDefaultInstance());
    live.rest.post(
        "/v1/instances/main:syncDatabases", "{}", SyncDatabasesResponse.getDefaultInstance());

    assertThat(live.rest.get("/v1/" + first(), Database.getDefaultInstance()).getLabelsMap())
        .containsExactly(Map.entry("region", "eu"));
  }

  @Test
  void plansThatMakeNoSenseAreRefusedWithTheField() {
    assertRefused(
        live.rest.send(
            "POST",
            "/v1/projects/shop/plans",
            spec("projects/shop/sheets/" + "0".repeat(64), List.of(first()))),
        400,
        "does not exist");
    var sheet = plan(targets("main")).getSpecs(0).getChangeDatabaseConfig().getSheet();
    assertRefused(
        live.rest.send(
            "POST",
            "/v1/projects/shop/plans",
            spec(sheet, List.of(first(), "instances/main/databases/nobody"))),
        400,
        "target: instances/main/databases/nobody does not exist");
    assertRefused(
        live.rest.send(
            "POST",
            "/v1/projects/shop/plans",
            spec(sheet, List.of(first(), "projects/shop/databaseGroups/tenants"))),
        400,
        "targets[1]: projects/shop/databaseGroups/tenants beside others");
  }

  @Test
  void aPartOfAPlanIsCheckedAgainAndTheRestKeepsItsResults() {
    var plan = plan(targets("main"));
    var path = "/v1/" + plan.getName();
    assertRefused(
        live.rest.send("POST", path + ":runPlanChecks", "{\"failedOnly\":true}"),
        400,
        "was never checked");
    var first = runToTheEnd(plan);

    live.rest.post(
        path + ":runPlanChecks",
        "{\"targets\":[\"" + first() + "\"]}",
        PlanCheckRun.getDefaultInstance());
    watchToTheEnd(plan);
    var second = live.rest.get(path + "/planCheckRun", PlanCheckRun.getDefaultInstance());

    assertThat(second.getAttempt()).isEqualTo(2);
    assertThat(second.getTargetCount()).isEqualTo(first.getTargetCount());
    assertThat(second.getDoneCount()).isEqualTo(first.getDoneCount());
    assertThat(second.getVerdict()).isEqualTo(first.getVerdict());
    assertThat(second.getStaleReasonsList()).isEmpty();
    var results =
        live.rest
            .get(
                path + "/planCheckRun/results?page_size=1000",
                ListPlanCheckRunResultsResponse.getDefaultInstance())
            .getResultsList();
    assertThat(results).extracting(PlanCheckRunResult::getPrevious).containsOnly(false);
    assertThat(results)
        .allSatisfy(result ->
            assertThat(result.getCheckTime())
                .isEqualTo((result.getTarget().equals(first()) ? second : first).getStartTime()));
    assertThat(
            live.rest
                .get(
                    path + "/planCheckRun/events",
                    ListPlanCheckRunEventsResponse.getDefaultInstance())
                .getEventsList())
        .extracting(event -> event.getAttempt() + " " + event.getKind())
        .containsExactly("1 QUEUED", "1 DONE", "2 QUEUED", "2 DONE");
  }

  @Test
  void anEditedPlanLeavesItsRunStale() {
    var plan = plan(targets("main"));
    runToTheEnd(plan);

    live.rest.patch(
        "/v1/" + plan.getName(),
        "{\"title\":\"Another title\",\"version\":1}",
        Plan.getDefaultInstance());

    assertThat(
            live.rest
                .get("/v1/" + plan.getName() + "/planCheckRun", PlanCheckRun.getDefaultInstance())
                .getStaleReasonsList())
        .containsExactly("the plan was edited (version 2, checked 1)");
    assertRefused(
        live.rest.send("POST", "/v1/" + plan.getName() + ":runPlanChecks", "{\"failedOnly\":true}"),
        400,
        "the plan was edited");
  }

  @Test
  void anInstanceNeedsAnEnvironmentThatExists() {
    assertRefused(
        live.rest.send(
            "POST",
            "/v1/instances?instanceId=lost",
            """
            {"engine": "POSTGRESQL", "environment": "nowhere", "host": "127.0.0.1", "user": "u"}
            """),
        400,
        "instance.environment: nowhere (expected: empty, or one of test, staging, production)");
    assertRefused(
        live.rest.send("DELETE", "/v1/environments/production", ""),
        400,
        "environments/production is used by instances/");
  }

  @Test
  void aPlanOfAGroupIsCheckedOnThoseThatMatch() {
    live.rest.post(
        "/v1/projects/shop/databaseGroups?groupId=tenants",
        """
        {"expression": "resource.instance_id == 'main' && resource.database_name.startsWith('tenant_')"}
        """,
        DatabaseGroup.getDefaultInstance());
    var matched =
        live.rest.get(
            "/v1/projects/shop/databaseGroups/tenants/matchedDatabases",
            ListMatchedDatabasesResponse.getDefaultInstance());
    assertThat(matched.getDatabasesList())
        .extracting(Database::getName)
        .containsExactlyElementsOf(targets("main"));

    var plan = plan(List.of("projects/shop/databaseGroups/tenants"));
    assertThat(plan.getSpecs(0).getChangeDatabaseConfig().getTargetsList())
        .containsExactly("projects/shop/databaseGroups/tenants");
    var run = runToTheEnd(plan);
    assertThat(run.getMatchedCount()).isEqualTo(TENANTS);
    assertThat(run.getDoneCount()).isEqualTo(TENANTS);
  }

  @Test
  void theCatalogueOfRulesIsServedWithPages() {
    var rules = live.rest.get("/v1/rules", ListRulesResponse.getDefaultInstance()).getRulesList();
    assertThat(rules).extracting(Rule::getName).contains("rules/review.syntax-error").isSorted();

    var rule =
        live.rest.get("/v1/rules/index.create-without-concurrently", Rule.getDefaultInstance());
    assertThat(rule.getPage()).startsWith("# index.create-without-concurrently");
    assertRefused(live.rest.send("GET", "/v1/rules/no.such-rule", ""), 404, "does not exist");
  }

  @Test
  void numbersCountRunsTargetsAndResults() {
    runToTheEnd(plan(targets("main")));

    var numbers = live.rest.send("GET", "/metrics", "").body();
    assertThat(numbers.lines())
        .anyMatch(line -> line.startsWith("plancheck_runs_total{status=\"done\"}"))
        .anyMatch(line -> line.startsWith("plancheck_targets_checked_total"))
        .anyMatch(line -> line.startsWith("plancheck_results_total{status=\"error\"}"))
        .anyMatch(line -> line.startsWith("plancheck_run_duration_seconds_count"))
        .anyMatch(line -> line.startsWith("plancheck_target_session_seconds_sum"));
  }

  private static void register(String instance, int port) {
    var answer =
        live.rest.post(
            "/v1/instances?instanceId=" + instance,
            """
            {"engine": "POSTGRESQL", "environment": "production", "host": "127.0.0.1", "port": %d,
             "user": "checker", "password": {"env": "TENANTS_PASSWORD"}, "tlsMode": "DISABLE"}
            """
                .formatted(port),
            Instance.getDefaultInstance());
    assertThat(answer.getPassword().getEnv()).isEqualTo("TENANTS_PASSWORD");
  }

  private static List<String> targets(String instance) {
    return IntStream.rangeClosed(1, TENANTS)
        .mapToObj(i -> "instances/%s/databases/tenant_%d".formatted(instance, i))
        .toList();
  }

  private static String first() {
    return targets("main").getFirst();
  }

  private static Plan plan(List<String> targets) {
    var sheet =
        live.rest.post(
            "/v1/projects/shop/sheets",
            "{\"content\": \"%s\"}".formatted(CHANGE.replace("\n", "\\n")),
            Sheet.getDefaultInstance());
    assertThat(sheet.getByteCount()).isEqualTo(CHANGE.length());
    return live.rest.post(
        "/v1/projects/shop/plans", spec(sheet.getName(), targets), Plan.getDefaultInstance());
  }

  private static String spec(String sheet, List<String> targets) {
    return "{\"title\": \"change\", \"specs\": [{\"changeDatabaseConfig\": {\"sheet\": \"%s\", \"targets\": [%s]}}]}"
        .formatted(
            sheet, targets.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")));
  }

  private static PlanCheckRun runToTheEnd(Plan plan) {
    var queued =
        live.rest.post(
            "/v1/" + plan.getName() + ":runPlanChecks", "{}", PlanCheckRun.getDefaultInstance());
    assertThat(queued.getAttempt()).isEqualTo(1);
    var last = watchToTheEnd(plan);
    var read =
        live.rest.get("/v1/" + plan.getName() + "/planCheckRun", PlanCheckRun.getDefaultInstance());
    assertThat(last).isEqualTo(read);
    return read;
  }

  private static PlanCheckRun watchToTheEnd(Plan plan) {
    var states =
        live.grpc(PlanServiceBlockingStub.class)
            .watchPlanCheckRun(
                WatchPlanCheckRunRequest.newBuilder()
                    .setName(plan.getName() + "/planCheckRun")
                    .build());
    var last = PlanCheckRun.getDefaultInstance();
    while (states.hasNext()) {
      last = states.next().getPlanCheckRun();
    }
    return last;
  }

  private static void awaitStatus(Plan plan, Status wanted) {
    var states =
        live.grpc(PlanServiceBlockingStub.class)
            .watchPlanCheckRun(
                WatchPlanCheckRunRequest.newBuilder()
                    .setName(plan.getName() + "/planCheckRun")
                    .build());
    while (states.hasNext()) {
      if (states.next().getPlanCheckRun().getStatus() == wanted) {
        return;
      }
    }
    throw new AssertionError("never " + wanted);
  }

  private static ListPlanCheckRunResultsResponse results(PlanCheckRun run, String query) {
    return live.rest.get(
        resultsPath(run, query), ListPlanCheckRunResultsResponse.getDefaultInstance());
  }

  private static String resultsPath(PlanCheckRun run, String query) {
    return "/v1/%s/results?%s".formatted(run.getName(), query);
  }

  private static long number(Plan plan) {
    return Long.parseLong(plan.getName().substring(plan.getName().lastIndexOf('/') + 1));
  }

  private static void assertRefused(
      java.net.http.HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }
}
