// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.GateEvaluation.State;
import dev.plancheck.api.v1.GateReason;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun.Verdict;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of the gate, asked as a client asks.
@Timeout(60)
final class GateCasesTest {
  private static final String SAFE = "SELECT 1;";
  private static final String WARNED = "CREATE TABLE note (body text);";
  private static final String WRONG = "DROP TABLE nothing;";

  private static final SettableClock CLOCK =
      new SettableClock(Instant.parse("2026-01-01T12:00:00Z"));
  private static final ScriptedTargets TARGETS = new ScriptedTargets();
  private static final MemoryServer SERVER =
      MemoryServer.over(TARGETS, Rules.defaultPolicy(), CLOCK);
  private static final AtomicInteger STORIES = new AtomicInteger();

  /// Each test has a project and an instance to itself.
  private final String project = "shop-" + STORIES.incrementAndGet();

  private final String instance = "pg-" + STORIES.get();

  @BeforeEach
  void createProject() {
    SERVER.memory.projects().create(new Project(project, "Shop", Project.Settings.DEFAULT));
    SERVER.memory.instances().create(Samples.instance(instance, "production"));
    sync(6);
  }

  @AfterAll
  static void stop() {
    TARGETS.release();
    SERVER.close();
  }

  /// What was done to a plan before the gate was asked.
  interface Story {
    PlanName plan(GateCasesTest test) throws InterruptedException;
  }

  record Case(String name, Story story, State state, Verdict verdict, List<GateReason.Kind> kinds) {
    static Case open(String name, Verdict verdict, Story story) {
      return new Case(name, story, State.OPEN, verdict, List.of());
    }

    static Case blocked(String name, Verdict verdict, List<GateReason.Kind> kinds, Story story) {
      return new Case(name, story, State.BLOCKED, verdict, kinds);
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
            Verdict.VERDICT_UNSPECIFIED,
            test ->
                test.created(
                    "{\"createDatabaseConfig\":{\"target\":\"instances/pg-1\",\"database\":\"new\"}}")),
        Case.blocked(
            "missing row",
            Verdict.VERDICT_UNSPECIFIED,
            List.of(GateReason.Kind.NEVER_CHECKED),
            test -> test.change(SAFE, 2)),
        Case.blocked(
            "queued",
            Verdict.VERDICT_UNSPECIFIED,
            List.of(GateReason.Kind.QUEUED),
            GateCasesTest::queued),
        Case.blocked(
            "running",
            Verdict.VERDICT_UNSPECIFIED,
            List.of(GateReason.Kind.RUNNING),
            GateCasesTest::running),
        Case.blocked(
            "failed", Verdict.INCOMPLETE, List.of(GateReason.Kind.FAILED), GateCasesTest::failed),
        Case.blocked(
            "canceled",
            Verdict.INCOMPLETE,
            List.of(GateReason.Kind.CANCELED),
            GateCasesTest::canceled),
        Case.blocked(
            "stale: edited", Verdict.PASS, List.of(GateReason.Kind.STALE), GateCasesTest::edited),
        Case.blocked(
            "stale: too old", Verdict.PASS, List.of(GateReason.Kind.STALE), GateCasesTest::tooOld),
        Case.blocked(
            "stale: a database joined the group",
            Verdict.PASS,
            List.of(GateReason.Kind.STALE),
            GateCasesTest::joined),
        Case.blocked(
            "stale: checked by another policy",
            Verdict.PASS,
            List.of(GateReason.Kind.STALE),
            test -> test.checkedBy(config -> basis(config, older(config), config.rulesVersion()))),
        Case.blocked(
            "stale: checked by other rules",
            Verdict.PASS,
            List.of(GateReason.Kind.STALE),
            test -> test.checkedBy(config -> basis(config, config.policies(), "older"))),
        Case.blocked(
            "a database is gone",
            Verdict.PASS,
            List.of(GateReason.Kind.NOT_PLANNABLE),
            GateCasesTest::gone),
        Case.blocked(
            "error",
            Verdict.FAIL,
            List.of(GateReason.Kind.ERRORS),
            test -> test.checked(test.change(WRONG, 2))),
        Case.open("warning", Verdict.WARN, test -> test.checked(test.change(WARNED, 2))),
        Case.open("no finding", Verdict.PASS, test -> test.checked(test.change(SAFE, 2))),
        Case.open("sampled", Verdict.WARN, GateCasesTest::sampled),
        Case.blocked(
            "two specs on one database",
            Verdict.FAIL,
            List.of(GateReason.Kind.ERRORS),
            GateCasesTest::twoSpecs),
        Case.blocked(
            "one target unreachable",
            Verdict.INCOMPLETE,
            List.of(GateReason.Kind.INCOMPLETE),
            GateCasesTest::unreachable),
        Case.blocked(
            "1,000 targets unreachable",
            Verdict.INCOMPLETE,
            List.of(GateReason.Kind.INCOMPLETE),
            GateCasesTest::allUnreachable),
        Case.blocked(
            "a change that matches nothing",
            Verdict.VERDICT_UNSPECIFIED,
            List.of(GateReason.Kind.MATCHES_NOTHING),
            test -> test.change(SAFE, 0)),
        Case.blocked(
            "a group that matches nothing",
            Verdict.VERDICT_UNSPECIFIED,
            List.of(GateReason.Kind.MATCHES_NOTHING),
            test -> test.created(test.groupSpec("false"))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says(Case one) throws InterruptedException {
    var plan = one.story().plan(this);

    for (var purpose : List.of("APPROVAL", "ROLLOUT")) {
      var answer = gate(plan, purpose);
      assertThat(answer.getState()).isEqualTo(one.state());
      assertThat(answer.getVerdict()).isEqualTo(one.verdict());
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
    assertThat(answer.getState()).isEqualTo(State.OVERRIDDEN);
    assertThat(kinds(answer)).containsExactly(GateReason.Kind.ERRORS);
    assertThat(SERVER.get("/v1/%s/gateOverrides".formatted(plan)).body())
        .contains("\"nextPageToken\":\"\"", "the table was renamed by hand");
    var _ = checked(plan);
    assertThat(gate(plan, "ROLLOUT").getState()).isEqualTo(State.BLOCKED);
  }

  @Test
  void nobodyCanTakeOverWhatWasNeverChecked() {
    var plan = change(SAFE, 2);

    var refused =
        SERVER.post(
            "/v1/%s:overrideGate".formatted(plan),
            "{\"planVersion\":1,\"attempt\":0,\"kinds\":[\"NEVER_CHECKED\"],\"reason\":\"hurry\"}");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("cannot be overridden");
  }

  /// Nobody takes it: the queue is only told of runs that were started over the API.
  private PlanName queued() {
    var plan = change(SAFE, 2);
    var _ = enqueue(plan, UnaryOperator.identity());
    return plan;
  }

  private static PlanCheckRun enqueue(PlanName plan, UnaryOperator<PlanCheckRunConfig> change) {
    if (SERVER.checks().runs().standing(plan).planned() instanceof Planned.ToCheck(var config)) {
      return SERVER
          .memory
          .runs()
          .enqueue(plan, RunOrder.whole(change.apply(config), 2000, "nobody"));
    }
    throw new AssertionError("there is nothing to check");
  }

  /// By a server whose policy or rules are others than those of now.
  private PlanName checkedBy(UnaryOperator<PlanCheckRunConfig> change) throws InterruptedException {
    var plan = change(SAFE, 2);
    var run = enqueue(plan, change);
    SERVER.checks().ports().queue().queued(run);
    var _ = SERVER.checks().runs().await(run);
    return plan;
  }

  private static PlanCheckRunConfig basis(
      PlanCheckRunConfig config, AppliedPolicies policies, String rulesVersion) {
    return new PlanCheckRunConfig(
        config.targets(), config.planVersion(), policies, rulesVersion, config.membershipHash());
  }

  private static AppliedPolicies older(PlanCheckRunConfig config) {
    var text = PolicyText.of("# older");
    SERVER.memory.policies().keep(text);
    return AppliedPolicies.own(text.hash(), config.policies().byEnvironment().keySet());
  }

  private PlanName running() {
    var plan = queued();
    var _ = SERVER.memory.shards().claim(shard(plan)).orElseThrow();
    return plan;
  }

  private PlanName failed() {
    var plan = queued();
    var claim = SERVER.memory.shards().claim(shard(plan)).orElseThrow();
    SERVER.memory.shards().fail(claim, "the disk is full");
    return plan;
  }

  private PlanName canceled() {
    var plan = queued();
    assertThat(SERVER.post("/v1/%s/planCheckRun:cancel".formatted(plan), "{}").statusCode())
        .isEqualTo(200);
    return plan;
  }

  private PlanName edited() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    var edit =
        SERVER.patch(
            "/v1/%s?updateMask=specs".formatted(plan),
            "{\"specs\":[%s]}".formatted(spec("change", WARNED, 2)));
    assertThat(edit.statusCode()).isEqualTo(200);
    return plan;
  }

  private PlanName tooOld() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    CLOCK.advance(Duration.ofDays(8));
    return plan;
  }

  private PlanName gone() throws InterruptedException {
    var plan = checked(change(SAFE, 2));
    sync(1);
    return plan;
  }

  private PlanName sampled() throws InterruptedException {
    SERVER.patch("/v1/projects/" + project, "{\"settings\":{\"samplingSize\":2}}");
    return checked(change(SAFE, 5));
  }

  private PlanName twoSpecs() throws InterruptedException {
    return checked(created(spec("good", SAFE, 1), spec("bad", WRONG, 1)));
  }

  /// On an instance of its own: one that answered before is waited for, and this clock stands.
  private PlanName unreachable() throws InterruptedException {
    var gone = new DatabaseName(instance + "-gone", "shop");
    SERVER.memory.instances().create(Samples.instance(gone.instance(), "production"));
    SERVER.memory.databases().sync(gone.instance(), Set.of(gone.database()));
    TARGETS.script(
        gone, Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.UNREACHABLE, "gone")));
    var targets = new ArrayList<>(Samples.databases(instance, 2));
    targets.add(1, gone);
    return checked(created(spec("change", SAFE, targets)));
  }

  private PlanName allUnreachable() throws InterruptedException {
    sync(1000);
    for (var name : Samples.databases(instance, 1000)) {
      TARGETS.script(
          name, Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.UNREACHABLE, "gone")));
    }
    return checked(change(SAFE, 1000));
  }

  private PlanName joined() throws InterruptedException {
    var plan = checked(created(groupSpec("resource.instance_id == '%s'".formatted(instance))));
    sync(7);
    return plan;
  }

  private PlanName change(String sql, int databases) {
    return created(spec("change", sql, databases));
  }

  private String spec(String id, String sql, int databases) {
    return spec(id, sql, Samples.databases(instance, databases));
  }

  /// Of the databases for which the expression holds.
  private String groupSpec(String expression) {
    var group =
        SERVER.post(
            "/v1/projects/%s/databaseGroups?groupId=some".formatted(project),
            "{\"expression\":\"%s\"}".formatted(expression));
    assertThat(group.statusCode()).as(group.body()).isEqualTo(200);
    return spec("change", SAFE, List.of("projects/%s/databaseGroups/some".formatted(project)));
  }

  private String spec(String id, String sql, List<?> targets) {
    var answer =
        SERVER
            .post(
                "/v1/projects/%s/sheets".formatted(project), "{\"content\":\"%s\"}".formatted(sql))
            .body();
    var sheet = read(answer, Sheet.newBuilder()).build();
    var names = new ArrayList<String>();
    targets.forEach(name -> names.add("\"%s\"".formatted(name)));
    return "{\"id\":\"%s\",\"changeDatabaseConfig\":{\"sheet\":\"%s\",\"targets\":[%s]}}"
        .formatted(id, sheet.getName(), String.join(",", names));
  }

  private PlanName created(String... specs) {
    var answer =
        SERVER.post(
            "/v1/projects/%s/plans".formatted(project),
            "{\"specs\":[%s]}".formatted(String.join(",", specs)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return PlanName.parse(read(answer.body(), Plan.newBuilder()).getName());
  }

  private PlanName checked(PlanName plan) throws InterruptedException {
    var run = SERVER.checks().runs().start(plan, RunScope.WHOLE, "users/kim");
    var _ = SERVER.checks().runs().await(run);
    return plan;
  }

  private ShardKey shard(PlanName plan) {
    var run = SERVER.memory.runs().get(plan).orElseThrow();
    return new ShardKey(run.id(), run.attempt(), 0);
  }

  private void sync(int count) {
    var names = new HashSet<String>();
    Samples.databases(instance, count).forEach(name -> names.add(name.database()));
    SERVER.memory.databases().sync(instance, names);
  }

  private GateEvaluation gate(PlanName plan, String purpose) {
    var answer = SERVER.get("/v1/%s:evaluateGate?purpose=%s".formatted(plan, purpose));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return read(answer.body(), GateEvaluation.newBuilder()).build();
  }

  private HttpResponse<String> override(PlanName plan, String kind, String why) {
    return SERVER.post(
        "/v1/%s:overrideGate".formatted(plan),
        "{\"purpose\":\"ROLLOUT\",\"planVersion\":1,\"attempt\":1,\"kinds\":[\"%s\"],\"reason\":\"%s\"}"
            .formatted(kind, why));
  }

  private static List<GateReason.Kind> kinds(GateEvaluation answer) {
    return answer.getReasonsList().stream().map(GateReason::getKind).toList();
  }

  private static <T extends Message.Builder> T read(String json, T message) {
    try {
      JsonFormat.parser().merge(json, message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(json, e);
    }
  }
}
