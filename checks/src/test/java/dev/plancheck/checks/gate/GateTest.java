// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import static dev.plancheck.checks.gate.GateRig.database;
import static dev.plancheck.checks.gate.GateRig.hanging;
import static dev.plancheck.checks.gate.GateRig.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.gate.GateReason.Kind;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.run.RunScope;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What opens the gate, and what does not.
final class GateTest {
  private final GateRig rig = new GateRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void isOpenWhenNoCheckApplies() {
    var plan = rig.plan(new Spec.CreateDatabase("create", "pg", "new"));

    assertThat(ask(plan, Purpose.APPROVAL)).isInstanceOf(GateAnswer.Open.class);
  }

  @Test
  void anOldRunSaysNothingOfAPlanThatHasNoChecksAnyMore() throws InterruptedException {
    var plan = rig.plan(2);
    rig.targets.script(database(0), refusing());
    rig.check(plan);
    rig.edit(plan, new Spec.CreateDatabase("create", "pg", "new"));

    var answer = ask(plan, Purpose.APPROVAL);

    assertThat(answer.isOpen()).isTrue();
    assertThat(answer.seen()).isEqualTo(new GateAnswer.Seen(2, null));
  }

  @Test
  void isShutForAPlanThatWasNeverChecked() {
    assertShut(rig.plan(2), Kind.NEVER_CHECKED);
  }

  @Test
  void isShutForAChangeThatMatchesNothing() {
    var sheet = rig.memory.sheets().put("SELECT 1;").sha256();
    var plan = rig.plan(ChangeDatabase.migrate("nowhere", sheet, List.of()));

    assertShut(plan, Kind.MATCHES_NOTHING);
  }

  @Test
  void isShutWhenADatabaseOfThePlanIsGone() throws InterruptedException {
    var plan = rig.plan(5);
    rig.check(plan);
    rig.sync(4);

    assertShut(plan, Kind.NOT_PLANNABLE);
  }

  @Test
  void isShutWhileChecksRunAndAfterTheirCancel() throws InterruptedException {
    var plan = rig.plan(2);
    rig.targets.script(database(0), hanging());
    rig.runs().start(plan, RunScope.WHOLE, "ann");

    assertThat(kinds(ask(plan, Purpose.APPROVAL))).containsAnyOf(Kind.QUEUED, Kind.RUNNING);
    rig.runs().cancel(plan, "ann");

    assertShut(plan, Kind.CANCELED);
  }

  @Test
  void isOpenAfterACompleteRunWithoutErrors() throws InterruptedException {
    var plan = rig.plan(3);
    var run = rig.check(plan);

    assertThat(ask(plan, Purpose.ROLLOUT))
        .isEqualTo(new GateAnswer.Open(new GateAnswer.Seen(1, run)));
  }

  @Test
  void oneDatabaseThatCannotBeReachedShutsIt() throws InterruptedException {
    var plan = rig.plan(3);
    rig.targets.script(database(2), refusing());
    rig.settings(settings -> settings.withAllowErrors(true));
    rig.check(plan);

    assertShut(plan, Kind.INCOMPLETE);
  }

  @Test
  void errorsShutItUnlessTheProjectAllowsThem() throws InterruptedException {
    var plan = rig.plan(rig.migration("DELETE FROM book;", 2));
    rig.check(plan);
    assertShut(plan, Kind.ERRORS);

    rig.settings(settings -> settings.withAllowErrors(true));

    assertThat(ask(plan, Purpose.APPROVAL).isOpen()).isTrue();
  }

  @Test
  void isShutWhenThePlanOrWhatItIsCheckedByChanged() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);

    assertThat(kinds(rig.gateOf("other policy", "rules-2").evaluate(plan, Purpose.APPROVAL)))
        .containsExactly(Kind.STALE, Kind.STALE);
    rig.edit(plan, rig.migration("UPDATE book SET id = 2;", 2));
    assertShut(plan, Kind.STALE);
  }

  @Test
  void isShutWhenTheOldestResultIsTooOld() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    rig.clock.advance(Project.Settings.DEFAULT.maximumAge().minusMillis(1));
    assertThat(ask(plan, Purpose.APPROVAL).isOpen()).isTrue();

    rig.clock.advance(Duration.ofMillis(1));

    assertShut(plan, Kind.STALE);
  }

  @Test
  void aSampledRunOpensIt() throws InterruptedException {
    rig.settings(settings -> settings.withSamplingSize(2));
    var plan = rig.plan(5);
    var run = rig.check(plan);

    assertThat(run.counts().targets()).isEqualTo(2);
    assertThat(ask(plan, Purpose.APPROVAL).isOpen()).isTrue();
  }

  @Test
  void aRolloutNeedsTheApprovalToo() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    rig.approval = new ApprovalState.Missing("waits for the role dba");

    assertThat(ask(plan, Purpose.APPROVAL).isOpen()).isTrue();
    assertThat(ask(plan, Purpose.ROLLOUT).reasons())
        .containsExactly(new GateReason.NotApproved("waits for the role dba"));
  }

  @Test
  void anOverrideOpensItForExactlyWhatItNames() throws InterruptedException {
    var plan = rig.plan(2);
    rig.targets.script(database(0), refusing());
    rig.check(plan);

    var override =
        rig.gate().override(plan, Purpose.APPROVAL, request(1, 1, Kind.INCOMPLETE), "users/kim");

    assertThat(ask(plan, Purpose.APPROVAL))
        .isInstanceOfSatisfying(
            GateAnswer.Overridden.class,
            answer -> assertThat(answer.override()).isEqualTo(override));
    assertThat(ask(plan, Purpose.ROLLOUT).isOpen()).isFalse();
    rig.clock.advance(Duration.ofDays(8));
    assertShut(plan, Kind.INCOMPLETE, Kind.STALE);
  }

  @Test
  void anOverrideDiesWithItsAttempt() throws InterruptedException {
    var plan = rig.plan(2);
    rig.targets.script(database(0), refusing());
    rig.check(plan);
    rig.gate().override(plan, Purpose.APPROVAL, request(1, 1, Kind.INCOMPLETE), "users/kim");

    rig.check(plan);

    assertShut(plan, Kind.INCOMPLETE);
  }

  @Test
  void refusesOverridesThatDoNotFit() throws InterruptedException {
    var plan = rig.plan(2);
    assertRefused(
        Code.FAILED_PRECONDITION,
        plan,
        new GateOverrideRequest(1, 0, List.of(Kind.NEVER_CHECKED), "x"));
    rig.targets.script(database(0), refusing());
    rig.check(plan);

    assertRefused(Code.ABORTED, plan, request(2, 1, Kind.INCOMPLETE));
    assertRefused(Code.ABORTED, plan, request(1, 2, Kind.INCOMPLETE));
    assertRefused(Code.ABORTED, plan, request(1, 1, Kind.STALE));
    assertRefused(
        Code.INVALID_ARGUMENT, plan, new GateOverrideRequest(1, 1, List.of(Kind.INCOMPLETE), " "));
    assertThat(rig.gate().overrides(plan)).isEmpty();
  }

  @Test
  void refusesToOverrideAnOpenGate() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);

    assertRefused(
        Code.FAILED_PRECONDITION, plan, new GateOverrideRequest(1, 1, List.of(), "to be sure"));
  }

  @Test
  void knowsNoPlanThatDoesNotExist() {
    assertRefused(Code.NOT_FOUND, () -> ask(new PlanName("shop", 99), Purpose.ROLLOUT));
  }

  private static GateOverrideRequest request(int version, int attempt, Kind kind) {
    return new GateOverrideRequest(version, attempt, List.of(kind), "the host is being replaced");
  }

  private GateAnswer ask(PlanName plan, Purpose purpose) {
    return rig.gate().evaluate(plan, purpose);
  }

  private void assertShut(PlanName plan, Kind... kinds) {
    assertThat(kinds(ask(plan, Purpose.APPROVAL))).contains(kinds);
    assertThat(ask(plan, Purpose.ROLLOUT).isOpen()).isFalse();
  }

  private static List<Kind> kinds(GateAnswer answer) {
    return answer.reasons().stream().map(GateReason::kind).toList();
  }

  private void assertRefused(Code code, PlanName plan, GateOverrideRequest request) {
    assertRefused(code, () -> rig.gate().override(plan, Purpose.APPROVAL, request, "users/kim"));
  }

  private static void assertRefused(Code code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
