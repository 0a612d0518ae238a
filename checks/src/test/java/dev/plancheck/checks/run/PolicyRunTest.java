// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.policy.ReviewPolicies.Draft;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBorders;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs of plans whose databases are governed by several policies. A text is a level and from how
/// many rows on a table is not small any more: `ERROR 5`.
final class PolicyRunTest {
  private static final OwnPolicy OWN = OwnPolicy.of("WARNING 10", PolicyRunTest::read);
  private static final DatabaseName STAGING = new DatabaseName("staging", "shop");
  private static final DatabaseName PRODUCTION = new DatabaseName("production", "shop");

  private final Memory memory = new Memory(InstantSource.system());
  private final ScriptedTargets targets = new ScriptedTargets();
  private final String sheet = memory.sheets().put("UPDATE book SET id = 1;").sha256();
  private @Nullable Checks checks;

  @BeforeEach
  void create() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    for (var environment : List.of("staging", "production")) {
      memory.instances().create(Samples.instance(environment, environment));
      memory.databases().sync(environment, Set.of("shop"));
    }
  }

  @AfterEach
  void close() {
    targets.release();
    if (checks != null) {
      checks.close();
    }
  }

  @Test
  void eachEnvironmentIsJudgedByItsOwnPolicy() throws InterruptedException {
    policy("strict", null, "production", "ERROR 7");
    var plan = plan(STAGING, PRODUCTION);

    var run = check(plan);

    // Both look the same, so that only the policy tells their reviews apart.
    assertThat(status(plan, STAGING)).isEqualTo(Status.WARNING);
    assertThat(status(plan, PRODUCTION)).isEqualTo(Status.ERROR);
    assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(targets.borders(STAGING)).contains(borders(10));
    assertThat(targets.borders(PRODUCTION)).contains(borders(7));
    assertThat(run.policies().of("staging")).contains(Governing.own(OWN.hash()));
    assertThat(run.policies().of("production"))
        .contains(new Governing("strict", PolicyText.of("ERROR 7").hash()));
  }

  @Test
  void onlyPlansThatAPolicyGovernsBecomeStaleByItsChange() throws InterruptedException {
    policy("strict", null, "production", "ERROR 7");
    policy("foreign", null, "test", "ERROR 7");
    var both = plan(STAGING, PRODUCTION);
    var staging = plan(STAGING);
    var _ = check(both);
    var _ = check(staging);

    change("foreign", "OFF 7");
    assertThat(runs().staleness(both)).isEmpty();

    change("strict", "WARNING 7");
    assertThat(runs().staleness(both))
        .containsExactly(new Staleness.PolicyChanged(List.of("production")));
    assertThat(runs().staleness(staging)).isEmpty();

    var again = check(both);
    assertThat(again.verdict()).isEqualTo(Verdict.WARN);
    assertThat(runs().staleness(both)).isEmpty();

    memory.policies().delete("strict");
    assertThat(runs().staleness(both)).hasSize(1);
  }

  @Test
  void aPartIsNotRunAgainUnderAnotherPolicy() throws InterruptedException {
    policy("strict", null, "production", "ERROR 7");
    var plan = plan(STAGING, PRODUCTION);
    var _ = check(plan);
    change("strict", "WARNING 7");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> runs().start(plan, RunScope.FAILED, "ann"))
        .withMessageContaining("the review policy of production was changed: run all checks");
  }

  @Test
  void aRunIsJudgedByWhatItWasMadeFor() throws InterruptedException {
    policy("strict", null, "production", "ERROR 7");
    var plan = plan(PRODUCTION);
    var queued = order(OWN.hash(), plan);
    change("strict", "WARNING 7");
    memory.policies().delete("strict");

    var run = finish(queued);

    assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(status(plan, PRODUCTION)).isEqualTo(Status.ERROR);
    assertThat(runs().staleness(plan)).hasSize(1);
  }

  @Test
  void tasksAreCheckedByWhatGovernsThemNow() throws InterruptedException {
    policy("strict", null, "production", "ERROR 7");
    var plan = plan(STAGING, PRODUCTION);
    var _ = check(plan);
    change("strict", "WARNING 7");

    var run =
        runs().await(runs().startTasks(plan, Set.of(new SpecTarget("change", PRODUCTION)), "ann"));

    assertThat(status(plan, PRODUCTION)).isEqualTo(Status.WARNING);
    assertThat(run.counts().matched()).isEqualTo(2);
    assertThat(run.counts().targets()).isEqualTo(1);
    assertThat(runs().staleness(plan)).isEmpty();
  }

  @Test
  void aDatabaseThatMovedWasCheckedByAnotherPolicy() throws InterruptedException {
    var plan = plan(STAGING);
    var _ = check(plan);
    memory.instances().update(Samples.instance("staging", "production"));

    assertThat(runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
  }

  @Test
  void failsTheRunWhenAPolicyIsMissing() throws InterruptedException {
    var plan = plan(STAGING);
    var queued = order("nowhere", plan);

    var run = finish(queued);

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(run.error()).isEqualTo("the review policy with the hash nowhere is not stored");
  }

  @Test
  void whatAnotherServerRunsByIsKnownHere() throws InterruptedException {
    var other = OwnPolicy.of("ERROR 3", PolicyRunTest::read);
    memory.policies().keep(other.text());
    var plan = plan(STAGING);
    var queued = order(other.hash(), plan);

    assertThat(finish(queued).verdict()).isEqualTo(Verdict.FAIL);
  }

  /// As a server orders it whose own policy has this hash; nobody works on it yet.
  private PlanCheckRun order(String own, PlanName plan) {
    var standard = new RunService.Standard(own, "rules-1", 2000);
    var there = new RunService(memory.ports(), standard, InstantSource.system());
    var planned = (PlannedChecks.Checks) there.plan(plan);
    return memory.runs().enqueue(plan, RunOrder.whole(planned.config(), 2000, "ann"));
  }

  private PlanCheckRun finish(PlanCheckRun queued) throws InterruptedException {
    var runs = runs();
    memory.ports().queue().queued(queued);
    return runs.await(queued);
  }

  private RunService runs() {
    if (checks == null) {
      checks =
          Checks.start(
              memory.ports(),
              targets,
              new Checks.Setup(OWN, "rules-1", RunSettings.DEFAULT, null),
              List.of(),
              InstantSource.system());
    }
    return checks.runs();
  }

  private PlanCheckRun check(PlanName plan) throws InterruptedException {
    return runs().await(runs().start(plan, RunScope.WHOLE, "ann"));
  }

  private Status status(PlanName plan, DatabaseName target) {
    return memory.runs().results(plan).stream()
        .filter(result -> result.target().equals(target))
        .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
        .map(result -> result.finding().status())
        .findFirst()
        .orElseThrow();
  }

  private void policy(
      String id, @Nullable String project, @Nullable String environment, String text) {
    memory.policies().create(draft(id, new PolicyScope(project, environment), text));
  }

  private void change(String id, String text) {
    var policy = memory.policies().get(id).orElseThrow();
    memory.policies().update(draft(id, policy.scope(), text), policy.version());
  }

  private static Draft draft(String id, PolicyScope scope, String text) {
    return new Draft(id, "", scope, PolicyText.of(text), "users/admin");
  }

  private PlanName plan(DatabaseName... databases) {
    var spec = ChangeDatabase.migrate("change", sheet, List.of(databases));
    return memory.plans().create("shop", "A plan", List.of(spec), "ann").name();
  }

  private static PolicyReading read(String text) {
    var words = text.split(" ", -1);
    var policy =
        Policy.of(List.of(new SchemaEcho(1)))
            .withLevel("test.schema-echo", Level.valueOf(words[0]));
    return new PolicyReading.Read(new PolicyTerms(policy, borders(Integer.parseInt(words[1]))));
  }

  private static SizeBorders borders(int smallRows) {
    return new SizeBorders(smallRows, 1, 1_000_000, 1);
  }
}
