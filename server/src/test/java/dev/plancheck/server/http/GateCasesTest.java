// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Standing.Planned;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.rules.Rules;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of the gate, asked as a client asks.
@Timeout(60)
final class GateCasesTest {
  private static final String SAFE = "SELECT 1;";
  private static final String WARNED = "UPDATE book SET id = 1;";
  private static final String WRONG = "DROP TABLE nothing;";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T12:00:00Z"));
  private final ScriptedTargets targets = new ScriptedTargets();
  private final MemoryServer server = MemoryServer.over(targets, Rules.defaultPolicy(), clock);

  @BeforeEach
  void createProject() {
    server.memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    server.memory.instances().create(Samples.instance("pg", "production"));
    sync(6);
  }

  @AfterEach
  void stop() {
    targets.release();
    server.close();
  }

  /// What was done to a plan before the gate was asked.
  private interface Story {
    PlanName plan(GateCasesTest test) throws InterruptedException;
  }

  private record Case(String name, Story story, String state, String verdict, List<String> kinds) {
    static Case open(String name, String verdict, Story story) {
      return new Case(name, story, "OPEN", verdict, List.of());
    }

    static Case blocked(String name, String verdict, List<String> kinds, Story story) {
      return new Case(name, story, "BLOCKED", verdict, kinds);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.open(
            "no applicable check",
            "VERDICT_UNSPECIFIED",
            test -> test.created("{\"createDatabaseConfig\":{\"target\":\"instances/pg\",\"database\":\"new\"}}")),
        Case.blocked(
            "missing row", "VERDICT_UNSPECIFIED", List.of("NEVER_CHECKED"), test -> test.change(SAFE, 2)),
        Case.blocked("queued", "VERDICT_UNSPECIFIED", List.of("QUEUED"), GateCasesTest::queued),
        Case.blocked("running", "VERDICT_UNSPECIFIED", List.of("RUNNING"), GateCasesTest::running),
        Case.blocked("failed", "INCOMPLETE", List.of("FAILED"), GateCasesTest::failed),
        Case.blocked("canceled", "INCOMPLETE", List.of("CANCELED"), GateCasesTest::canceled),
        Case.blocked("stale: edited", "PASS", List.of("STALE"), GateCasesTest::edited),
        Case.blocked("stale: too old", "PASS", List.of("STALE"), GateCasesTest::tooOld),
        Case.blocked(
            "stale: a database is gone", "PASS", List.of("NOT_PLANNABLE", "STALE"), GateCasesTest::gone),
        Case.blocked("error", "FAIL", List.of("ERRORS"), test -> test.checked(test.change(WRONG, 2))),
        Case.open("warning", "WARN", test -> test.checked(test.change(WARNED, 2))),
        Case.open("no finding", "PASS", test -> test.checked(test.change(SAFE, 2))),
        Case.open("sampled", "WARN", GateCasesTest::sampled),
        Case.blocked(
            "two specs on one database", "FAIL", List.of("ERRORS"), GateCasesTest::twoSpecs),
        Case.blocked("one target unreachable", "INCOMPLETE", List.of("INCOMPLETE"), GateCasesTest::unreachable),
        Case.blocked(
            "a change that matches nothing",
            "VERDICT_UNSPECIFIED",
            List.of("MATCHES_NOTHING"),
            test -> test.change(SAFE, 0)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says(Case one) throws InterruptedException {
    var plan = one.story().plan(this);

    for (var purpose : List.of("APPROVAL", "ROLLOUT")) {
      var answer = gate(plan, purpose);
      assertThat(answer.get("state").getAsString()).isEqualTo(one.state());
      assertThat(answer.get("verdict").getAsString()).isEqualTo(one.verdict());
      assertThat(kinds(answer)).containsExactlyElementsOf(one.kinds());
    }
  }

  @Test
  void aPersonCanTakeOverWhatIsAJudgement() throws InterruptedException {
    var plan = checked(change(WRONG, 2));

    var refused = override(plan, "STALE", "the table was renamed by hand");
    assertThat(refused.statusCode()).isEqualTo(409);
    var taken = override(plan, "ERRORS", "the table was renamed by hand");
    assertThat(taken.body()).contains("\"reason\":\"the table was renamed by hand\"", "ERRORS");

    var answer = gate(plan, "ROLLOUT");
    assertThat(answer.get("state").getAsString()).isEqualTo("OVERRIDDEN");
    assertThat(kinds(answer)).containsExactly("ERRORS");
    assertThat(server.get("/v1/%s/gateOverrides".formatted(plan)).body())
        .contains("\"nextPageToken\":\"\"", "the table was renamed by hand");
    var _ = checked(plan);
    assertThat(gate(plan, "ROLLOUT").get("state").getAsString()).isEqualTo("BLOCKED");
  }

  @Test
  void nobodyCanTakeOverWhatWasNeverChecked() {
    var plan = change(SAFE, 2);

    var refused =
        server.post(
            "/v1/%s:overrideGate".formatted(plan),
            "{\"planVersion\":1,\"attempt\":0,\"kinds\":[\"NEVER_CHECKED\"],\"reason\":\"hurry\"}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("cannot be overridden");
  }

  private PlanName queued() {
    var plan = change(SAFE, 2);
    // Nobody takes it: the queue is only told of runs that were started over the API.
    if (server.checks().runs().standing(plan).planned() instanceof Planned.ToCheck(var config)) {
      server.memory.runs().enqueue(plan, RunOrder.whole(config, 2000, "nobody"));
      return plan;
    }
    throw new AssertionError("there is nothing to check");
  }

  private PlanName running() {
    var plan = queued();
    var _ = server.memory.shards().claim(shard(plan)).orElseThrow();
    return plan;
  }

  private PlanName failed() {
    var plan = queued();
    var claim = server.memory.shards().claim(shard(plan)).orElseThrow();
    server.memory.shards().fail(claim, "the disk is full");
    return plan;
  }

  private PlanName canceled() {
    var plan = queued();
    assertThat(server.post("/v1/%s/planCheckRun:cancel".formatted(plan), "{}").statusCode())
        .isEqualTo(200);
    return plan;
  }

  private PlanName edited() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    var edit =
        server.patch(
            "/v1/%s?updateMask=specs".formatted(plan),
            "{\"specs\":[%s]}".formatted(spec("change", WARNED, 2)));
    assertThat(edit.statusCode()).isEqualTo(200);
    return plan;
  }

  private PlanName tooOld() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    clock.advance(Duration.ofDays(8));
    return plan;
  }

  private PlanName gone() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    sync(1);
    return plan;
  }

  private PlanName sampled() throws InterruptedException {
    server.patch("/v1/projects/shop", "{\"settings\":{\"samplingSize\":2}}");
    return checked(change(SAFE, 5));
  }

  private PlanName twoSpecs() throws InterruptedException {
    return checked(created(spec("good", SAFE, 1), spec("bad", WRONG, 1)));
  }

  private PlanName unreachable() throws InterruptedException {
    targets.script(
        database(1), Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.UNREACHABLE, "gone")));
    return checked(change(SAFE, 3));
  }

  private PlanName change(String sql, int databases) {
    return created(spec("change", sql, databases));
  }

  private String spec(String id, String sql, int databases) {
    var sheet =
        json(server.post("/v1/projects/shop/sheets", "{\"content\":\"%s\"}".formatted(sql)).body());
    var names = new ArrayList<String>();
    Samples.databases("pg", databases).forEach(name -> names.add("\"%s\"".formatted(name)));
    return "{\"id\":\"%s\",\"changeDatabaseConfig\":{\"sheet\":\"%s\",\"targets\":[%s]}}"
        .formatted(id, sheet.get("name").getAsString(), String.join(",", names));
  }

  private PlanName created(String... specs) {
    var answer =
        server.post(
            "/v1/projects/shop/plans", "{\"specs\":[%s]}".formatted(String.join(",", specs)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return PlanName.parse(json(answer.body()).get("name").getAsString());
  }

  private PlanName checked(PlanName plan) throws InterruptedException {
    var run = server.checks().runs().start(plan, RunScope.WHOLE, "users/kim");
    var _ = server.checks().runs().await(run);
    return plan;
  }

  private ShardKey shard(PlanName plan) {
    var run = server.memory.runs().get(plan).orElseThrow();
    return new ShardKey(run.id(), run.attempt(), 0);
  }

  private void sync(int count) {
    var names = new HashSet<String>();
    Samples.databases("pg", count).forEach(name -> names.add(name.database()));
    server.memory.databases().sync("pg", names);
  }

  private static DatabaseName database(int number) {
    return Samples.databases("pg", number + 1).getLast();
  }

  private JsonObject gate(PlanName plan, String purpose) {
    var answer = server.get("/v1/%s:evaluateGate?purpose=%s".formatted(plan, purpose));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body());
  }

  private HttpResponse<String> override(PlanName plan, String kind, String why) {
    return server.post(
        "/v1/%s:overrideGate".formatted(plan),
        "{\"purpose\":\"ROLLOUT\",\"planVersion\":1,\"attempt\":1,\"kinds\":[\"%s\"],\"reason\":\"%s\"}"
            .formatted(kind, why));
  }

  private static List<String> kinds(JsonObject answer) {
    var kinds = new ArrayList<String>();
    answer
        .getAsJsonArray("reasons")
        .forEach(reason -> kinds.add(reason.getAsJsonObject().get("kind").getAsString()));
    return kinds;
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
