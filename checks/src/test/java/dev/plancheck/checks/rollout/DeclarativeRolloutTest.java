// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static dev.plancheck.checks.rollout.RolloutRig.staging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.GateOverrideRequest;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Sheet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rollouts of wanted schemas: each database gets what was computed for it, and nothing else.
@Timeout(60)
final class DeclarativeRolloutTest {
  private static final String WANTED = "CREATE TABLE book (id int);";
  private static final String ONE = "ALTER TABLE public.book ADD COLUMN a int;\n";
  private static final String OTHER = "ALTER TABLE public.book ADD COLUMN b int;\n";

  private final RolloutRig rig = new RolloutRig(Project.Settings.DEFAULT.withSamplingSize(1));

  @AfterEach
  void close() {
    rig.close();
  }

  private PlanName checked() throws InterruptedException {
    rig.differences.script(staging(0), new Difference.Computed(ONE));
    rig.differences.script(staging(1), new Difference.Computed(OTHER));
    var plan = rig.wanting(WANTED, staging(0), staging(1), staging(2));
    var run = rig.check(plan);
    assertThat(run.counts().targets()).as("none is sampled out").isEqualTo(3);
    return plan;
  }

  @Test
  void theManifestHoldsWhatWasComputedForEachDatabase() throws InterruptedException {
    var plan = checked();

    rig.create(plan, RolloutOptions.DEFAULT);

    assertThat(rig.tasks(plan))
        .extracting(task -> task.item().sheet())
        .containsExactly(Sheet.of(ONE).sha256(), Sheet.of(OTHER).sha256(), Sheet.of("").sha256());
    var _ = rig.service().startStage(plan, "staging", "users/kim");
    rig.awaitStates(plan, TaskState.DONE, TaskState.DONE, TaskState.DONE);
    assertThat(rig.changer.orders())
        .extracting(order -> order.sheet().text())
        .containsExactlyInAnyOrder(ONE, OTHER, "")
        .doesNotContain(WANTED);
  }

  @Test
  void aProjectSeesWhatWasComputedForIt() throws InterruptedException {
    var _ = checked();

    assertThat(rig.memory.sheets().get("shop", Sheet.of(OTHER).sha256())).isPresent();
  }

  @Test
  void anotherDifferenceIsNotRolledOut() throws InterruptedException {
    var plan = checked();
    rig.create(plan, RolloutOptions.DEFAULT);
    rig.differences.script(staging(0), new Difference.Computed(OTHER));
    rig.pass(Duration.ofDays(8));

    var _ = rig.service().startStage(plan, "staging", "users/kim");
    rig.await(() -> rig.tasks(plan).getFirst().state() == TaskState.FAILED);

    assertThat(rig.tasks(plan).getFirst().report().words())
        .contains("the difference to the wanted schema is another one by now");
    assertThat(rig.changer.changed()).doesNotContain(staging(0));
  }

  @Test
  void whatIsNotKnownIsNotRolledOutWhoeverTakesItOver() throws InterruptedException {
    rig.differences.script(staging(1), new Difference.NotComputed("it holds a secret"));
    var plan = rig.wanting(WANTED, staging(0), staging(1));
    rig.check(plan);
    var gate = rig.decisions.gate();
    var answer = gate.evaluate(plan, Purpose.ROLLOUT);
    assertThat(answer).isInstanceOf(GateAnswer.Blocked.class);
    var _ =
        gate.override(
            plan,
            Purpose.ROLLOUT,
            new GateOverrideRequest(
                answer.seen().planVersion(),
                answer.seen().attempt(),
                List.of(GateReason.Kind.INCOMPLETE),
                "we know better"),
            "users/kim");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> rig.create(plan, RolloutOptions.DEFAULT))
        .withMessageContaining("the difference of instances/staging/databases/tenant_001")
        .withMessageContaining("is not known");
  }
}
