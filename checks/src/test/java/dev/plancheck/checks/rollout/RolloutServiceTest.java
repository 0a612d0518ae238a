// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static dev.plancheck.checks.rollout.RolloutRig.production;
import static dev.plancheck.checks.rollout.RolloutRig.staging;
import static dev.plancheck.checks.rollout.ScriptedChanger.FAILED;
import static dev.plancheck.checks.rollout.TaskState.CANCELED;
import static dev.plancheck.checks.rollout.TaskState.DONE;
import static dev.plancheck.checks.rollout.TaskState.DRIFTED;
import static dev.plancheck.checks.rollout.TaskState.PENDING;
import static dev.plancheck.checks.rollout.TaskState.RUNNING;
import static dev.plancheck.checks.rollout.TaskState.SKIPPED;
import static dev.plancheck.checks.rollout.TaskState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.TargetException.Kind;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rollouts from the request to their end, over storage in memory, checks of scripted databases and
/// a changer that does as it is told.
final class RolloutServiceTest {
  private final RolloutRig rig = new RolloutRig(Project.Settings.DEFAULT);

  @AfterEach
  void close() {
    rig.close();
  }

  private void start(PlanName plan, String environment) {
    var _ = rig.service().startStage(plan, environment, "users/kim");
  }

  private Status status(PlanName plan) {
    return rig.service().get(plan).status();
  }

  private static void assertRefused(Code code, String words, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void goesThroughTheEnvironmentsInTheirOrderOneStageAfterTheOther() throws Exception {
    var plan = rig.checked(production(0), staging(0), production(1), staging(1));
    var created = rig.create(plan, RolloutOptions.DEFAULT);

    assertThat(created.stages())
        .extracting(Stage::environment)
        .containsExactly("staging", "production");
    assertThat(created.source().attempt()).isEqualTo(1);
    assertThat(created.waiting()).isEqualTo("stage staging waits for somebody to start it");
    assertRefused(Code.FAILED_PRECONDITION, "next is staging", () -> start(plan, "production"));
    assertThat(rig.changer.orders()).isEmpty();

    start(plan, "staging");
    rig.awaitStates(plan, PENDING, DONE, PENDING, DONE);
    assertThat(rig.changer.changed()).containsExactlyInAnyOrder(staging(0), staging(1));
    rig.await(() -> rig.service().get(plan).waiting().contains("stage production waits"));

    start(plan, "production");
    rig.await(() -> status(plan) == Status.DONE);
    assertThat(rig.states(plan)).containsOnly(DONE);
    assertThat(rig.rollouts().changes(production(1), 9, Long.MAX_VALUE)).hasSize(1);
  }

  @Test
  void saysWhatIsToBeAppliedAndWhatWasChecked() throws Exception {
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    start(plan, "staging");
    rig.await(() -> status(plan) == Status.DONE);

    var order = rig.changer.orders().getFirst();
    assertThat(order.task()).isEqualTo(rig.tasks(plan).getFirst().name());
    assertThat(order.sheet().text()).isEqualTo("UPDATE book SET id = 1;");
    assertThat(order.checked())
        .isNotNull()
        .extracting(ChangeOrder.Checked::before)
        .isEqualTo(List.of());
    assertThat(rig.tasks(plan).getFirst().actor()).isEqualTo("users/kim");
    assertThat(rig.rollouts().work(rig.tasks(plan).getFirst().key()).entries()).hasSize(1);
  }

  @Test
  void isNotCreatedWhileTheGateIsShut() {
    var plan = rig.plan(staging(0));

    assertRefused(
        Code.FAILED_PRECONDITION,
        "the plan was never checked",
        () -> rig.create(plan, RolloutOptions.DEFAULT));
  }

  @Test
  void isNotCreatedForWhatCannotBeCarriedOut() {
    var created = rig.plan(List.of(new Spec.CreateDatabase("new", "staging", "shop")));

    assertRefused(
        Code.FAILED_PRECONDITION,
        "spec new creates a database",
        () -> rig.create(created, RolloutOptions.DEFAULT));
  }

  @Test
  void aPlanIsNotEditedAndNotRolledOutTwiceMeanwhile() throws Exception {
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    assertRefused(
        Code.FAILED_PRECONDITION,
        "is being rolled out",
        () -> rig.memory.plans().update(rig.memory.plans().get(plan).orElseThrow(), "users/ann"));
    assertRefused(
        Code.FAILED_PRECONDITION,
        "is being rolled out already",
        () -> rig.create(plan, RolloutOptions.DEFAULT));
  }

  @Test
  void aFailureStopsTheStageUntilItIsRetried() throws Exception {
    rig.changer.script(staging(0), FAILED);
    var plan = rig.checked(staging(0), staging(1), production(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT.withParallel(1));

    start(plan, "staging");
    rig.awaitStates(plan, TaskState.FAILED, PENDING, PENDING);
    rig.await(() -> rig.service().get(plan).waiting().contains("stage staging stopped"));
    assertThat(rig.changer.changed()).containsExactly(staging(0));
    assertRefused(Code.FAILED_PRECONDITION, "next is none", () -> start(plan, "production"));

    var _ = rig.service().retry(plan, List.of(1), "users/kim");
    rig.awaitStates(plan, DONE, DONE, PENDING);
  }

  @Test
  void withTheOtherPolicyTheRestOfTheStageGoesOn() throws Exception {
    rig.changer.script(staging(0), FAILED);
    var plan = rig.checked(staging(0), staging(1), production(0));
    var options = RolloutOptions.DEFAULT.withParallel(1).withFailures(FailurePolicy.CONTINUE);
    var _ = rig.create(plan, options);

    start(plan, "staging");
    rig.awaitStates(plan, TaskState.FAILED, DONE, PENDING);
    assertRefused(Code.FAILED_PRECONDITION, "next is none", () -> start(plan, "production"));

    var _ = rig.service().skip(plan, List.of(1), "it is being removed", "users/kim");
    start(plan, "production");
    rig.await(() -> status(plan) == Status.DONE);
    assertThat(rig.states(plan)).containsExactly(SKIPPED, DONE, DONE);
  }

  @Test
  void runsNoMoreAtOnceThanItMay() throws Exception {
    var plan = rig.checked(staging(0), staging(1), staging(2));
    var _ = rig.create(plan, RolloutOptions.DEFAULT.withParallel(1));

    start(plan, "staging");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.changer.most()).isEqualTo(1);
  }

  @Test
  void aGateThatIsShutBetweenStagesKeepsTheNextOneShut() throws Exception {
    var plan = rig.checked(staging(0), production(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, DONE, PENDING);
    rig.targets.script(
        "production", Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var _ = rig.checks.runs().start(plan, RunScope.WHOLE, "users/ann");
    var _ = rig.checks.runs().cancel(plan, "users/ann");

    assertRefused(
        Code.FAILED_PRECONDITION, "the checks were canceled", () -> start(plan, "production"));
    assertThat(rig.changer.changed()).containsExactly(staging(0));
  }

  @Test
  void afterDaysTheOpenTasksAreCheckedAgainFirst() throws Exception {
    var plan = rig.checked(staging(0), production(0), production(1));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, DONE, PENDING, PENDING);
    var checked = rig.targets.opened(staging(0));
    rig.pass(Duration.ofDays(8));

    start(plan, "production");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.targets.opened(production(1))).isEqualTo(2);
    assertThat(rig.targets.opened(staging(0))).as("only what is open").isEqualTo(checked);
  }

  @Test
  void whatACheckCannotReachIsNotChangedUntilSomebodyRetries() throws Exception {
    var plan = rig.checked(staging(0), production(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, DONE, PENDING);
    rig.pass(Duration.ofDays(8));
    rig.targets.script(
        production(0), Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.REFUSED, "refused")));

    start(plan, "production");
    rig.awaitStates(plan, DONE, TaskState.FAILED);
    assertThat(rig.tasks(plan).getLast().report().words()).contains("could not be performed");
    assertThat(rig.changer.changed()).containsExactly(staging(0));

    rig.targets.script(production(0), Behaviour.FINE);
    var _ = rig.service().retry(plan, List.of(2), "users/kim");
    rig.await(() -> status(plan) == Status.DONE);
  }

  @Test
  void aDriftIsCheckedAgainBeforeItIsTriedAgain() throws Exception {
    rig.changer.script(staging(0), new ChangeOutcome.Drifted("a", "b"));
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, DRIFTED);

    var _ = rig.service().retry(plan, List.of(1), "users/kim");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.targets.opened(staging(0))).isEqualTo(2);
    assertThat(rig.memory.runs().get(plan).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatAnEarlierSpecChangedIsCheckedAgainFirst() throws Exception {
    var plan =
        rig.plan(
            List.of(
                rig.migrate("one", "UPDATE book SET id = 1;", staging(0)),
                rig.migrate("two", "UPDATE book SET id = 2;", staging(0))));
    var _ = rig.check(plan);
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    start(plan, "staging");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.memory.runs().get(plan).orElseThrow().attempt()).isEqualTo(2);
    var second = rig.changer.orders().getLast();
    assertThat(second.sheet().text()).isEqualTo("UPDATE book SET id = 2;");
    assertThat(second.checked())
        .isNotNull()
        .extracting(ChangeOrder.Checked::before)
        .isEqualTo(List.of("UPDATE book SET id = 1;"));
  }

  @Test
  void whatCannotBeToldWaitsForAPerson() throws Exception {
    rig.changer.script(staging(0), new ChangeOutcome.Unknown("the connection broke", 1));
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, UNKNOWN);
    assertRefused(
        Code.FAILED_PRECONDITION,
        "is UNKNOWN (expected: FAILED, DRIFTED or CANCELED)",
        () -> rig.service().retry(plan, List.of(1), "users/kim"));

    var _ = rig.service().resolve(plan, 1, false, "users/kim");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.changer.orders()).hasSize(2);
    assertThat(rig.changer.orders())
        .extracting(ChangeOrder::task)
        .containsOnly(rig.tasks(plan).getFirst().name());
  }

  @Test
  void aPersonsWordMakesItDone() throws Exception {
    rig.changer.script(staging(0), new ChangeOutcome.Unknown("the connection broke", 1));
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, UNKNOWN);

    var _ = rig.service().resolve(plan, 1, true, "users/kim");

    rig.await(() -> status(plan) == Status.DONE);
    assertThat(rig.changer.orders()).hasSize(1);
  }

  @Test
  void aBusyDatabaseIsTriedAgain() throws Exception {
    var busy = new ChangeOutcome.Busy("an earlier session is at work");
    rig.changer.script(staging(0), busy, busy);
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    start(plan, "staging");
    rig.await(() -> status(plan) == Status.DONE);

    assertThat(rig.changer.orders()).hasSize(3);
  }

  @Test
  void cancelStopsWhatRunsAndEndsWhatHasNotBegun() throws Exception {
    rig.changer.hang(staging(0));
    var plan = rig.checked(staging(0), production(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, RUNNING, PENDING);

    var _ = rig.service().cancel(plan, "users/kim");

    rig.awaitStates(plan, CANCELED, CANCELED);
    rig.await(() -> status(plan) == Status.CANCELED);
    assertRefused(
        Code.FAILED_PRECONDITION, "is CANCELED", () -> rig.service().cancel(plan, "users/kim"));
    assertThat(
            rig.memory
                .plans()
                .update(rig.memory.plans().get(plan).orElseThrow(), "users/ann")
                .version())
        .isEqualTo(2);
  }

  @Test
  void whatIsRetriedAfterACancelGoesOn() throws Exception {
    var plan = rig.checked(staging(0), staging(1));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    var _ = rig.service().cancel(plan, "users/kim");
    rig.await(() -> status(plan) == Status.CANCELED);

    var _ = rig.service().retry(plan, List.of(1, 2), "users/kim");
    start(plan, "staging");

    rig.await(() -> status(plan) == Status.DONE);
  }

  @Test
  void nobodySkipsWithoutAReason() throws Exception {
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    assertRefused(
        Code.INVALID_ARGUMENT,
        "reason: 0 characters",
        () -> rig.service().skip(plan, List.of(1), "  ", "users/kim"));
    assertRefused(
        Code.NOT_FOUND, "tasks/7", () -> rig.service().skip(plan, List.of(7), "why", "users/kim"));
  }
}
