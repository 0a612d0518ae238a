// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.gate.GateOverride;
import dev.plancheck.checks.gate.GateOverride.Taken;
import dev.plancheck.checks.gate.GateReason.Kind;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.gate.GateOverrides] does.
public abstract class GateOverridesContract extends StorageContract {
  @Test
  void keepsWhatWasSaidInItsOrder() {
    var plan = Samples.plan(ports(), "shop", 2);
    var before = Instant.now().minusSeconds(60);

    var first = ports().overrides().add(override(plan.name(), plan.version(), 0, "first é \0"));
    var second = ports().overrides().add(override(plan.name(), plan.version(), 0, "second"));

    assertThat(ports().overrides().list(plan.name())).containsExactly(first, second);
    assertThat(first.at()).isAfter(before);
    assertThat(first)
        .usingRecursiveComparison()
        .ignoringFields("id", "at")
        .isEqualTo(override(plan.name(), plan.version(), 0, "first é \0"));
    assertThat(second.id()).isGreaterThan(first.id());
  }

  @Test
  void belongsToOnePlan() {
    var plan = Samples.plan(ports(), "shop", 2);
    var other = Samples.plan(ports(), "shop", 2);

    var _ = ports().overrides().add(override(plan.name(), 1, 0, "here"));

    assertThat(ports().overrides().list(other.name())).isEmpty();
  }

  @Test
  void refusesAPlanThatWasEditedMeanwhile() {
    var plan = Samples.plan(ports(), "shop", 2);
    var _ = ports().plans().update(plan, "ann");

    assertRefused(
        Code.ABORTED, () -> ports().overrides().add(override(plan.name(), 1, 0, "too late")));
    assertThat(ports().overrides().list(plan.name())).isEmpty();
  }

  @Test
  void refusesAnAttemptThatIsNotTheLast() {
    var plan = Samples.plan(ports(), "shop", 2);
    var run = enqueue(plan);

    assertRefused(
        Code.ABORTED,
        () -> ports().overrides().add(override(plan.name(), 1, run.attempt() + 1, "too early")));
    assertThat(ports().overrides().add(override(plan.name(), 1, run.attempt(), "now")).attempt())
        .isEqualTo(run.attempt());
  }

  @Test
  void refusesAPlanThatDoesNotExist() {
    assertRefused(
        Code.NOT_FOUND,
        () -> ports().overrides().add(override(new PlanName("shop", 9), 1, 0, "nobody")));
  }

  private PlanCheckRun enqueue(Plan plan) {
    return ports().runs().enqueue(plan.name(), RunOrder.whole(Samples.config(2), 10, "users/kim"));
  }

  private static GateOverride override(PlanName plan, int version, int attempt, String why) {
    return new GateOverride(
        0,
        plan,
        Purpose.ROLLOUT,
        version,
        attempt,
        List.of(new Taken(Kind.ERRORS, "3 ü \0"), new Taken(Kind.STALE, "the policy \\ changed")),
        "users/kim",
        why,
        Instant.EPOCH);
  }
}
