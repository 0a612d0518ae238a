// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RerunRig.name;
import static dev.plancheck.checks.run.RerunRig.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When a part of a plan cannot be checked again.
final class RerunRefusalTest {
  private final RerunRig rig = new RerunRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void refusesATargetThatSamplingLeftOut() throws InterruptedException {
    rig.sample(3);
    var plan = rig.plan(20);
    rig.run(plan, RunScope.WHOLE);
    var left = new ArrayList<>(Samples.databases("pg", 20));
    left.removeAll(rig.opened());

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> rig.start(plan, new RunScope(List.of(), List.of(left.getFirst()), false)),
        "target: %s is not among the databases that the project's sampling chose of %s"
            .formatted(left.getFirst(), plan));
  }

  @Test
  void refusesAPartOfWhatWasNeverChecked() {
    var plan = rig.plan(2);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> rig.start(plan, RunScope.FAILED),
        "a part of %s cannot be run again, because it was never checked: run all checks"
            .formatted(plan));
  }

  @Test
  void refusesAPartOfAPlanThatWasEdited() throws InterruptedException {
    rig.targets.script(name(1), refusing());
    var plan = rig.plan(2);
    rig.run(plan, RunScope.WHOLE);
    rig.edit(plan, 2);
    rig.edit(plan, 2);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> rig.start(plan, RunScope.FAILED),
        "a part of %s cannot be run again, because the plan was edited (version 3, checked 1): run all checks"
            .formatted(plan));
    assertThat(rig.run(plan, RunScope.WHOLE).planVersion()).isEqualTo(3);
  }

  @Test
  void refusesAPartUnderOtherRulesOrAnotherPolicy() throws InterruptedException {
    rig.targets.script(name(1), refusing());
    var plan = rig.plan(2);
    rig.run(plan, RunScope.WHOLE);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> rig.other("rules-2").start(plan, RunScope.FAILED, "ann"),
        "a part of %s cannot be run again, because the review policy of production was changed, and the rules changed (rules-2, checked with rules-1): run all checks"
            .formatted(plan));
  }

  @Test
  void refusesAPartWhileChecksRun() throws InterruptedException {
    rig.targets.script("pg", Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = rig.plan(1);
    rig.runs().start(plan, RunScope.WHOLE, "ann");

    assertThatExceptionOfType(RunActiveException.class)
        .isThrownBy(() -> rig.start(plan, RunScope.FAILED));
  }

  @Test
  void refusesToCheckNothing() throws InterruptedException {
    var plan = rig.plan(2);
    rig.run(plan, RunScope.WHOLE);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> rig.start(plan, RunScope.FAILED),
        "no check of %s failed in attempt 1 (expected: at least one to run again)".formatted(plan));
    assertThat(rig.memory.runs().get(plan).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void refusesSpecsAndTargetsThatThePlanDoesNotCheck() throws InterruptedException {
    var plan = rig.plan(2);
    rig.run(plan, RunScope.WHOLE);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(
            () -> rig.start(plan, new RunScope(List.of("change", "other"), List.of(), false)))
        .withMessage("spec: other (expected: a spec of %s that is checked)", plan)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .satisfies(refusal -> assertThat(refusal.field()).contains("spec_ids[1]"));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> rig.start(plan, new RunScope(List.of(), List.of(name(7)), false)))
        .withMessage("target: %s (expected: a database that %s changes)", name(7), plan)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .satisfies(refusal -> assertThat(refusal.field()).contains("targets[0]"));
  }

  @Test
  void waitsForTheFoldOfTheLastAttempt() throws InterruptedException {
    rig.targets.script(name(1), refusing());
    var plan = rig.plan(3);
    rig.run(plan, RunScope.WHOLE);
    rig.stored.left.set(3);

    assertThat(rig.run(plan, RunScope.FAILED).attempt()).isEqualTo(2);
  }

  @Test
  void doesNotWaitForTheFoldForever() throws InterruptedException {
    rig.targets.script(name(1), refusing());
    var plan = rig.plan(3);
    rig.run(plan, RunScope.WHOLE);
    rig.stored.left.set(Integer.MAX_VALUE);
    var _ =
        Thread.startVirtualThread(() -> {
          while (rig.stored.left.get() > Integer.MAX_VALUE - 2) {
            Thread.onSpinWait();
          }
          rig.clock.advance(Duration.ofSeconds(6));
        });

    assertRefused(
        Code.ABORTED, () -> rig.start(plan, RunScope.FAILED), "attempt 1 is not folded yet");
  }

  private static void assertRefused(Code code, ThrowingCallable call, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
