// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static dev.plancheck.checks.rollout.RolloutRig.production;
import static dev.plancheck.checks.rollout.RolloutRig.staging;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.rollout.Rollout.Status;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rollouts whose projects want something else than usual.
final class SampledRolloutTest {
  @Test
  void whatWasSampledOutIsCheckedFirst() throws Exception {
    try (var rig = new RolloutRig(Project.Settings.DEFAULT.withSamplingSize(1))) {
      var plan = rig.checked(staging(0), staging(1), staging(2));
      assertThat(rig.targets.openedOf("staging")).isEqualTo(1);
      var created = rig.create(plan, RolloutOptions.DEFAULT);
      assertThat(created.stages().getFirst().counts().total()).isEqualTo(3);

      var _ = rig.service().startStage(plan, "staging", "users/kim");
      rig.await(() -> rig.service().get(plan).status() == Status.DONE);

      assertThat(rig.targets.openedOf("staging")).as("each once").isEqualTo(3);
      assertThat(rig.changer.orders()).hasSize(3).allMatch(order -> order.checked() != null);
    }
  }

  @Test
  void anAutomaticRolloutGoesThroughItsStagesByItself() throws Exception {
    try (var rig = new RolloutRig(Project.Settings.DEFAULT.withAutomaticRollout(true))) {
      var plan = rig.plan(staging(0), production(0));
      rig.await(() ->
          rig.rollouts()
              .waiting(plan)
              .words()
              .equals("the plan was never checked (expected: a run of its checks that is done)"));
      assertThat(rig.rollouts().latest(plan)).isEmpty();

      rig.check(plan);
      rig.await(
          () -> rig.rollouts().latest(plan).map(Rollout::status).equals(Optional.of(Status.DONE)));

      assertThat(rig.changer.changed()).containsExactly(staging(0), production(0));
      rig.await(() -> rig.rollouts().waiting(plan).words().isEmpty());
      assertThat(rig.service().get(plan).stages())
          .extracting(Stage::start)
          .allSatisfy(start ->
              assertThat(start)
                  .isNotNull()
                  .extracting(Stage.Start::actor)
                  .isEqualTo("the rollout"));
    }
  }

  @Test
  void patienceWithABusyDatabaseEnds() throws Exception {
    var settings = RolloutSettings.DEFAULT.withPauses(Duration.ofMillis(1), Duration.ofMillis(2));
    try (var rig = new RolloutRig(Project.Settings.DEFAULT, settings)) {
      var busy = new ChangeOutcome.Busy("an earlier session is at work");
      rig.changer.script(staging(0), busy, busy, busy, busy);
      var plan = rig.checked(staging(0));
      var _ = rig.create(plan, RolloutOptions.DEFAULT);

      var _ = rig.service().startStage(plan, "staging", "users/kim");

      rig.awaitStates(plan, TaskState.FAILED);
      assertThat(rig.tasks(plan).getFirst().report().words())
          .contains("given up", "an earlier session is at work");
    }
  }
}
