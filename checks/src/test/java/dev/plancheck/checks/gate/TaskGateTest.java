// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import static dev.plancheck.checks.gate.GateRig.database;
import static dev.plancheck.checks.gate.GateRig.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.gate.GateReason.Kind;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.SpecTarget;
import dev.plancheck.checks.target.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The gate of a rollout's single tasks.
final class TaskGateTest {
  private final GateRig rig = new GateRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void aTaskIsNotHeldBackByOthers() throws InterruptedException {
    rig.targets.script(database(1), refusing());
    var plan = rig.plan(3);
    rig.check(plan);
    var good = rig.task(plan, 0);
    var bad = rig.task(plan, 1);

    var answers = rig.gate().evaluateTasks(plan, List.of(good, bad));

    assertThat(answers.isOpen(good)).isTrue();
    assertThat(answers.isOpen(bad)).isFalse();
    assertThat(kinds(answers, bad)).containsExactly(Kind.INCOMPLETE);
    assertThat(answers.needsCheck(bad)).isTrue();
    assertThat(answer(answers, good).state()).isNotNull();
    assertThat(answer(answers, good).checkedAt()).isEqualTo(GateRig.BEGIN);
  }

  @Test
  void nothingIsKnownOfATaskThatIsNotAskedFor() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);

    assertThat(rig.gate().evaluateTasks(plan, List.of()).isOpen(rig.task(plan, 0))).isFalse();
  }

  @Test
  void whatWasCheckedOfAnotherSheetDoesNotCount() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    var other = new GateTask(rig.task(plan, 0).place(), "0".repeat(64));

    assertThat(kinds(rig.gate().evaluateTasks(plan, List.of(other)), other))
        .containsExactly(Kind.UNCHECKED);
  }

  @Test
  void aSampledOutTaskOpensByACheckOfItsOwn() throws InterruptedException {
    rig.settings(settings -> settings.withSamplingSize(2));
    var plan = rig.plan(4);
    rig.check(plan);
    var out = rig.task(plan, numberOfSampledOut(plan));
    assertThat(kinds(rig.gate().evaluateTasks(plan, List.of(out)), out))
        .containsExactly(Kind.UNCHECKED);

    var run = check(plan, out.place());

    assertThat(rig.gate().evaluateTasks(plan, List.of(out)).isOpen(out)).isTrue();
    assertThat(run.counts().targets()).isEqualTo(3);
    assertThat(rig.targets.opened(out.place().target())).isEqualTo(1);
  }

  @Test
  void ageCountsPerTask() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    var first = rig.task(plan, 0);
    var second = rig.task(plan, 1);
    rig.clock.advance(Duration.ofDays(7));
    assertThat(kinds(rig.gate().evaluateTasks(plan, List.of(first)), first))
        .containsExactly(Kind.STALE);

    check(plan, first.place());

    var answers = rig.gate().evaluateTasks(plan, List.of(first, second));
    assertThat(answers.isOpen(first)).isTrue();
    assertThat(kinds(answers, second)).containsExactly(Kind.STALE);
  }

  @Test
  void databasesThatJoinAreNoneOfItsBusiness() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    var task = rig.task(plan, 0);
    rig.sync(1);

    assertThat(rig.gate().evaluate(plan, Purpose.ROLLOUT).isOpen()).isFalse();
    assertThat(rig.gate().evaluateTasks(plan, List.of(task)).isOpen(task)).isTrue();
  }

  @Test
  void otherRulesMakeEveryTaskStale() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    var task = rig.task(plan, 0);

    assertThat(kinds(rig.gateOf("other", "rules-2").evaluateTasks(plan, List.of(task)), task))
        .containsExactly(Kind.STALE, Kind.STALE);
  }

  @Test
  void aCanceledRunShutsItForAll() throws InterruptedException {
    var plan = rig.plan(3);
    rig.check(plan);
    var task = rig.task(plan, 0);
    rig.targets.script(database(2), GateRig.hanging());
    rig.runs().startTasks(plan, Set.of(rig.task(plan, 2).place()), "ann");
    rig.runs().cancel(plan, "ann");

    var answers = rig.gate().evaluateTasks(plan, List.of(task));

    assertThat(answers.isOpen(task)).isFalse();
    assertThat(answers.all()).extracting(GateReason::kind).contains(Kind.CANCELED);
    assertThat(answers.needsCheck(task)).isTrue();
  }

  @Test
  void anOverrideOfTheRolloutHoldsForItsTasks() throws InterruptedException {
    rig.targets.script(database(1), refusing());
    var plan = rig.plan(3);
    rig.check(plan);
    var bad = rig.task(plan, 1);
    var request = new GateOverrideRequest(1, 1, List.of(Kind.INCOMPLETE), "it is off for a week");
    var override = rig.gate().override(plan, Purpose.ROLLOUT, request, "users/kim");

    var answers = rig.gate().evaluateTasks(plan, List.of(bad));

    assertThat(answers.isOpen(bad)).isTrue();
    assertThat(answers.override()).isEqualTo(override);
  }

  @Test
  void checksJustTheTasksThatAreAskedForAndKeepsTheOthers() throws InterruptedException {
    var plan = rig.plan(4);
    rig.check(plan);
    rig.targets.script(database(3), Behaviour.FINE.withRows(99));
    var results = rig.memory.runs().results(plan).size();

    var run = check(plan, rig.task(plan, 3).place());

    assertThat(run.counts().done()).isEqualTo(4);
    assertThat(rig.memory.runs().results(plan)).hasSize(results);
    assertThat(rig.targets.opened(database(0))).isEqualTo(1);
    assertThat(rig.targets.opened(database(3))).isEqualTo(2);
  }

  @Test
  void refusesTasksOfDatabasesThatTheRunDoesNotKnow() throws InterruptedException {
    var plan = rig.plan(2);
    rig.check(plan);
    var stranger = new SpecTarget("change", database(7));

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> rig.runs().startTasks(plan, Set.of(stranger), "ann"))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT));
  }

  private PlanCheckRun check(PlanName plan, SpecTarget target) throws InterruptedException {
    return rig.runs().await(rig.runs().startTasks(plan, Set.of(target), "ann"));
  }

  private int numberOfSampledOut(PlanName plan) {
    var targets = rig.memory.runs().config(plan).orElseThrow().targets();
    for (var number = 0; number < targets.size(); number++) {
      if (targets.get(number).sampledOut()) {
        return number;
      }
    }
    throw new AssertionError("nothing was sampled out");
  }

  private static List<Kind> kinds(TaskAnswers answers, GateTask task) {
    return answer(answers, task).reasons().stream().map(GateReason::kind).toList();
  }

  private static TaskAnswers.Answer answer(TaskAnswers answers, GateTask task) {
    return Objects.requireNonNull(answers.tasks().get(task));
  }
}
