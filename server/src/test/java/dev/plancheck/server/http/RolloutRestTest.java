// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static dev.plancheck.checks.rollout.ScriptedChanger.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.ListDatabaseChangesResponse;
import dev.plancheck.api.v1.ListRolloutTasksResponse;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutStage;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a caller of the REST face sees of rollouts.
@Timeout(60)
final class RolloutRestTest {
  private static final ScriptedTargets TARGETS = new ScriptedTargets();
  private static final MemoryServer SERVER =
      MemoryServer.over(TARGETS, Policy.of(List.of()), InstantSource.system());
  private static final AtomicInteger STORIES = new AtomicInteger();

  /// Each test has a project and instances to itself.
  private final int story = STORIES.incrementAndGet();

  private final String project = "shop-" + story;
  private final String staging = "staging-" + story;
  private final String production = "production-" + story;

  @BeforeEach
  void createProject() {
    SERVER.memory.projects().create(new Project(project, "Shop", Project.Settings.DEFAULT));
    register(staging, "staging");
    register(production, "production");
  }

  private static void register(String instance, String environment) {
    SERVER.memory.instances().create(Samples.instance(instance, environment));
    var names = new HashSet<String>();
    Samples.databases(instance, 2).forEach(name -> names.add(name.database()));
    SERVER.memory.databases().sync(instance, names);
  }

  @AfterAll
  static void stop() {
    TARGETS.release();
    SERVER.close();
  }

  private PlanName plan() {
    var sheet = SERVER.memory.sheets().put("UPDATE book SET id = 1;").sha256();
    var databases = List.of(database(production), database(staging));
    return SERVER
        .memory
        .plans()
        .create(
            project,
            "A plan",
            List.of(Spec.ChangeDatabase.migrate("change", sheet, databases)),
            "users/ann")
        .name();
  }

  private static DatabaseName database(String instance) {
    return Samples.databases(instance, 1).getFirst();
  }

  private PlanName checked() throws InterruptedException {
    var plan = plan();
    var runs = SERVER.checks().runs();
    var _ = runs.await(runs.start(plan, RunScope.WHOLE, "users/ann"));
    return plan;
  }

  private static <T extends Message> T read(HttpResponse<String> answer, T form) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      var builder = form.newBuilderForType();
      JsonFormat.parser().merge(answer.body(), builder);
      @SuppressWarnings("unchecked") // The builder is that of the form.
      var message = (T) builder.build();
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static Rollout post(String path, String json) {
    return read(SERVER.post("/v1/" + path, json), Rollout.getDefaultInstance());
  }

  private static Rollout get(PlanName plan) {
    return read(SERVER.get("/v1/" + plan + "/rollout"), Rollout.getDefaultInstance());
  }

  private static Rollout await(PlanName plan, Predicate<Rollout> holds)
      throws InterruptedException {
    var rollout = get(plan);
    while (!holds.test(rollout)) {
      Thread.sleep(20);
      rollout = get(plan);
    }
    return rollout;
  }

  private static RolloutTask task(PlanName plan, int number) {
    return read(
        SERVER.get("/v1/%s/rollout/tasks/%d".formatted(plan, number)),
        RolloutTask.getDefaultInstance());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void goesStageByStageToItsEnd() throws Exception {
    var plan = checked();

    var created = post(plan + "/rollout", "{}");

    assertThat(created.getName()).isEqualTo(plan + "/rollout");
    assertThat(created.getState()).isEqualTo(Rollout.State.ACTIVE);
    assertThat(created.getFailurePolicy()).isEqualTo(Rollout.FailurePolicy.STOP_STAGE);
    assertThat(created.getParallelCount()).isEqualTo(10);
    assertThat(created.getCreator()).isEqualTo("users/local");
    assertThat(created.getStagesList())
        .extracting(RolloutStage::getEnvironment)
        .containsExactly("staging", "production");
    assertThat(created.getWaitingReason()).contains("waits for somebody to start it");

    post(plan + "/rollout:startStage", "{\"environment\":\"staging\"}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.DONE);
    post(plan + "/rollout:startStage", "{\"environment\":\"production\"}");
    var done = await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(done.getStages(1).getDoneCount()).isEqualTo(1);
    assertThat(done.getStages(1).getStarter()).isEqualTo("users/local");
    assertThat(done.hasEndTime()).isTrue();
  }

  @Test
  void tellsEachTaskAndWhatItDid() throws Exception {
    var plan = checked();
    post(plan + "/rollout", "{}");
    post(plan + "/rollout:startStage", "{\"environment\":\"staging\"}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.DONE);

    var page =
        read(
            SERVER.get("/v1/" + plan + "/rollout/tasks?pageSize=1"),
            ListRolloutTasksResponse.getDefaultInstance());
    assertThat(page.getTasks(0).getTarget()).isEqualTo(database(production).toString());
    assertThat(page.getTasks(0).getState()).isEqualTo(RolloutTask.State.PENDING);
    var next =
        read(
            SERVER.get(
                "/v1/%s/rollout/tasks?pageSize=1&pageToken=%s"
                    .formatted(plan, page.getNextPageToken())),
            ListRolloutTasksResponse.getDefaultInstance());
    assertThat(next.getTasks(0).getNumber()).isEqualTo(2);
    assertThat(next.getNextPageToken()).isEmpty();
    var done =
        read(
            SERVER.get("/v1/" + plan + "/rollout/tasks?states=DONE&environments=staging"),
            ListRolloutTasksResponse.getDefaultInstance());
    assertThat(done.getTasksList()).hasSize(1);
    assertThat(done.getTasks(0).getTransactional()).isTrue();
    assertThat(done.getTasks(0).getStatementsList()).as("not in lists").isEmpty();

    var task = task(plan, 2);
    assertThat(task.getTransactional()).isTrue();
    assertThat(task.getStatements(0).getCommand()).isEqualTo("UPDATE");
    assertThat(task.getStatements(0).getRows()).isEqualTo(3);
    var changes =
        read(
            SERVER.get("/v1/instances/%s/databaseChanges?database=tenant_000".formatted(staging)),
            ListDatabaseChangesResponse.getDefaultInstance());
    assertThat(changes.getChangesList()).hasSize(1);
    assertThat(changes.getChanges(0).getPlan()).isEqualTo(plan.toString());
    assertThat(changes.getChanges(0).getTaskId()).isEqualTo(task.getTaskId());
    assertThat(changes.getChanges(0).getOutcome()).isEqualTo(RolloutTask.State.DONE);
  }

  @Test
  void saysWhyItCannotBeCreatedOrStarted() throws Exception {
    var unchecked = plan();
    assertRefused(SERVER.get("/v1/" + unchecked + "/rollout"), 404, "does not exist");
    assertRefused(
        SERVER.post("/v1/" + unchecked + "/rollout", "{}"), 400, "the plan was never checked");
    var plan = checked();
    post(plan + "/rollout", "{}");

    assertRefused(SERVER.post("/v1/" + plan + "/rollout", "{}"), 400, "is being rolled out");
    assertRefused(
        SERVER.post("/v1/" + plan + "/rollout:startStage", "{\"environment\":\"production\"}"),
        400,
        "next is staging");
    assertRefused(
        SERVER.post("/v1/" + plan + "/rollout:startStage", "{\"environment\":\"moon\"}"),
        400,
        "environment: moon");
    assertRefused(
        SERVER.patch("/v1/%s?updateMask=title".formatted(plan), "{\"title\":\"Other\"}"),
        400,
        "is being rolled out");
  }

  @Test
  void failedTasksAreRetriedOrSkippedAndUnknownOnesResolved() throws Exception {
    SERVER.changer.script(
        database(staging), FAILED, new ChangeOutcome.Unknown("the connection broke", 1));
    var plan = checked();
    post(plan + "/rollout", "{}");
    post(plan + "/rollout:startStage", "{\"environment\":\"staging\"}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.FAILED);
    assertThat(task(plan, 2).getMessage()).isEqualTo("no such table");
    assertThat(task(plan, 2).getStatement()).isEqualTo(1);

    post(plan + "/rollout:retryTasks", "{\"tasks\":[2]}");
    await(plan, rollout -> rollout.getStages(0).getUnknownCount() == 1);
    assertRefused(
        SERVER.post("/v1/" + plan + "/rollout:retryTasks", "{\"tasks\":[2]}"), 400, "is UNKNOWN");
    post(plan + "/rollout/tasks/2:resolve", "{\"resolution\":\"NOT_APPLIED\"}");
    await(plan, rollout -> rollout.getStages(0).getState() == RolloutStage.State.DONE);

    assertRefused(
        SERVER.post("/v1/" + plan + "/rollout:skipTasks", "{\"tasks\":[1]}"), 400, "reason");
    var done = post(plan + "/rollout:skipTasks", "{\"tasks\":[1],\"reason\":\"not this one\"}");
    assertThat(done.getState()).isEqualTo(Rollout.State.DONE);
    assertThat(task(plan, 1).getMessage()).isEqualTo("not this one");
  }

  @Test
  void cancelEndsIt() throws Exception {
    var plan = checked();
    post(plan + "/rollout", "{}");

    var canceled = post(plan + "/rollout:cancel", "{}");

    assertThat(canceled.getState()).isEqualTo(Rollout.State.CANCELED);
    assertThat(canceled.getStages(0).getState()).isEqualTo(RolloutStage.State.CANCELED);
    assertRefused(SERVER.post("/v1/" + plan + "/rollout:cancel", "{}"), 400, "is CANCELED");
  }

  @Test
  void saysWhatAnAutomaticRolloutWaitsFor() throws Exception {
    var plan = plan();
    assertThat(SERVER.get("/v1/" + plan + "/automaticRollout").body())
        .contains("\"enabled\":false");
    SERVER.patch("/v1/projects/" + project, "{\"settings\":{\"automaticRollout\":true}}");

    var body = SERVER.get("/v1/" + plan + "/automaticRollout").body();
    while (!body.contains("the plan was never checked")) {
      Thread.sleep(20);
      body = SERVER.get("/v1/" + plan + "/automaticRollout").body();
    }

    assertThat(body).contains("\"enabled\":true", "\"sinceTime\"");
    assertRefused(
        SERVER.get("/v1/projects/%s/plans/99/automaticRollout".formatted(project)),
        404,
        "does not exist");
  }
}
