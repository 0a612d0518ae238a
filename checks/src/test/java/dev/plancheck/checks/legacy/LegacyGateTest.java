// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.engine.review.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An old client that lets a plan go when every run is DONE without an ERROR does what our gate
/// does, whatever happened to the plan.
final class LegacyGateTest {
  private enum End {
    NEVER_STARTED,
    QUEUED,
    AT_WORK,
    DONE,
    FAILED,
    CANCELED
  }

  private enum After {
    NOTHING,
    AN_EDIT,
    OLD_AGE,
    OTHER_DATABASES
  }

  private final LegacyRig rig = new LegacyRig();
  private final Map<End, Integer> seen = new EnumMap<>(End.class);

  @Test
  void anOldClientLetsGoExactlyWhatTheGateLetsGo() {
    var open = 0;
    for (var seed = 1; seed <= 1_000; seed++) {
      var random = new Random(seed);
      var plan = story(random);

      var letsGo = oldClientLetsGo(plan);

      assertThat(letsGo)
          .as("seed %d: %s", seed, rig.gate.evaluate(plan, Purpose.APPROVAL))
          .isEqualTo(rig.gate.evaluate(plan, Purpose.APPROVAL) instanceof GateAnswer.Open);
      open += letsGo ? 1 : 0;
      rig.sync(10);
    }
    assertThat(open).isBetween(50, 500);
    assertThat(seen).containsOnlyKeys(End.values());
  }

  private boolean oldClientLetsGo(PlanName plan) {
    try {
      return rig.all(plan).stream()
          .allMatch(run ->
              run.status() == LegacyStatus.DONE
                  && run.results().stream().noneMatch(result -> result.status() == Status.ERROR));
    } catch (ApiException e) {
      return false;
    }
  }

  private PlanName story(Random random) {
    rig.settings(settings -> settings.withSamplingSize(random.nextInt(4)));
    var plan = rig.plan(specs(random));
    var end = End.values()[random.nextInt(End.values().length)];
    seen.merge(end, 1, Integer::sum);
    if (end != End.NEVER_STARTED) {
      // Half of them were checked before.
      if (random.nextBoolean()) {
        happens(plan, random.nextInt(3) == 0 ? End.CANCELED : End.DONE, random);
      }
      happens(plan, end, random);
      after(plan, random);
    }
    return plan;
  }

  private Spec[] specs(Random random) {
    var specs = new ArrayList<Spec>();
    for (var number = 0; number <= random.nextInt(3); number++) {
      // Now and then two with the same sheet.
      specs.add(
          rig.change(
              "change-" + number,
              "SELECT %d;".formatted(random.nextInt(2)),
              1 + random.nextInt(3)));
    }
    return specs.toArray(Spec[]::new);
  }

  private void happens(PlanName plan, End end, Random random) {
    if (end == End.QUEUED) {
      var _ = rig.queued(plan);
      return;
    }
    var claim = rig.running(plan);
    var places = rig.config(plan).toCheck().size();
    var reached = end == End.DONE ? places : random.nextInt(places + 1);
    var fine = random.nextInt(3) > 0;
    for (var place = 0; place < reached; place++) {
      rig.answer(claim, place, fine ? fine(random) : status(random));
    }
    switch (end) {
      case DONE -> assertThat(rig.memory.shards().complete(claim)).isTrue();
      case FAILED -> assertThat(rig.memory.shards().fail(claim, "the disk is full")).isTrue();
      case CANCELED -> assertThat(rig.runs.cancel(plan, "users/ann").verdict()).isNotNull();
      case NEVER_STARTED, QUEUED, AT_WORK -> {}
    }
  }

  private static Status fine(Random random) {
    return random.nextBoolean() ? Status.SUCCESS : Status.WARNING;
  }

  private static @Nullable Status status(Random random) {
    List<@Nullable Status> all = new ArrayList<>(Arrays.asList(Status.values()));
    all.add(null);
    return all.get(random.nextInt(all.size()));
  }

  private void after(PlanName plan, Random random) {
    switch (random.nextInt(3) > 0
        ? After.NOTHING
        : After.values()[random.nextInt(After.values().length)]) {
      case NOTHING -> {}
      case AN_EDIT -> rig.edit(plan, rig.change("change-0", "SELECT 1;", 1));
      case OLD_AGE -> rig.clock.advance(Duration.ofDays(8));
      case OTHER_DATABASES -> rig.sync(1);
    }
  }
}
