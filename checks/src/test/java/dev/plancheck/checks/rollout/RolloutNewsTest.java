// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static dev.plancheck.checks.rollout.RolloutRig.production;
import static dev.plancheck.checks.rollout.RolloutRig.staging;
import static dev.plancheck.checks.rollout.ScriptedChanger.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.notice.Delivery;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the webhooks of a project hear of its rollouts.
final class RolloutNewsTest {
  private final RolloutRig rig = new RolloutRig(Project.Settings.DEFAULT);

  @BeforeEach
  void listen() {
    var webhook =
        new Webhook(
            "shop",
            "chat",
            "Chat",
            "https://hooks.example.com/plancheck",
            EnumSet.allOf(NoticeEvent.class),
            true,
            "sealed");
    var _ = rig.memory.notices().webhooks().create(webhook);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theEndOfARolloutIsToldOnce() throws Exception {
    var plan = rig.checked(staging(0), production(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);
    start(plan, "staging");
    rig.awaitStates(plan, TaskState.DONE, TaskState.PENDING);
    assertThat(told()).doesNotContain(NoticeEvent.ROLLOUT_DONE);

    start(plan, "production");

    rig.await(() -> told().contains(NoticeEvent.ROLLOUT_DONE));
    Thread.sleep(100);
    assertThat(told()).containsOnlyOnce(NoticeEvent.ROLLOUT_DONE);
  }

  @Test
  void aStageThatStopsIsToldOnceForEachTime() throws Exception {
    rig.changer.script(staging(0), FAILED);
    var plan = rig.checked(staging(0));
    var _ = rig.create(plan, RolloutOptions.DEFAULT);

    start(plan, "staging");

    rig.await(() -> told().contains(NoticeEvent.ROLLOUT_FAILED));
    Thread.sleep(100);
    assertThat(told()).containsOnlyOnce(NoticeEvent.ROLLOUT_FAILED);
    assertThat(told()).doesNotContain(NoticeEvent.ROLLOUT_DONE);
  }

  @Test
  void aGateThatKeepsAnAutomaticStageIsTold() throws Exception {
    var plan = rig.checked(staging(0), production(0));
    rig.pass(Project.Settings.DEFAULT.maximumAge().multipliedBy(2));
    assertThat(told()).doesNotContain(NoticeEvent.GATE_BLOCKED);
    rig.memory
        .projects()
        .update(new Project("shop", "Shop", Project.Settings.DEFAULT.withAutomaticRollout(true)));

    rig.await(() -> told().contains(NoticeEvent.GATE_BLOCKED));

    assertThat(rig.rollouts().latest(plan)).isEmpty();
  }

  private void start(PlanName plan, String environment) {
    var _ = rig.service().startStage(plan, environment, "users/kim");
  }

  private List<NoticeEvent> told() {
    return rig.memory.notices().deliveries().list("shop", "chat", 100, Long.MAX_VALUE).stream()
        .map(Delivery::event)
        .toList();
  }
}
