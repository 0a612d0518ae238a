// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RerunRig.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Project;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When a run does not answer for its plan any more.
final class RunAgeTest {
  private final RerunRig rig = new RerunRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void tellsWhyARunIsStale() throws InterruptedException {
    var plan = rig.plan(3);
    rig.run(plan, RunScope.WHOLE);
    assertThat(rig.runs().staleness(plan)).isEmpty();

    rig.clock.advance(Duration.ofDays(7));
    rig.edit(plan, 3);

    assertThat(rig.runs().staleness(plan))
        .containsExactly(
            new Staleness.PlanEdited(2, 1), new Staleness.TooOld(BEGIN, Duration.ofDays(7)));
  }

  @Test
  void obeysTheMaximumAgeOfItsProject() throws InterruptedException {
    var plan = rig.plan(1);
    rig.run(plan, RunScope.WHOLE);
    rig.clock.advance(Duration.ofHours(2));
    rig.memory
        .projects()
        .update(
            new Project(
                "shop", "Shop", Project.Settings.DEFAULT.withMaximumAge(Duration.ofHours(1))));

    assertThat(rig.runs().staleness(plan))
        .containsExactly(new Staleness.TooOld(BEGIN, Duration.ofHours(1)));
  }

  @Test
  void isStaleWhenADatabaseIsGone() throws InterruptedException {
    var plan = rig.plan(3);
    rig.run(plan, RunScope.WHOLE);

    rig.sync(2);

    assertThat(rig.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
  }

  @Test
  void hasNoAgeBeforeItWasChecked() {
    var plan = rig.plan(3);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> rig.runs().staleness(plan))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.NOT_FOUND));
  }
}
