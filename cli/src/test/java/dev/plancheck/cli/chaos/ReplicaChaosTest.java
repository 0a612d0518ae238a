// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.cli.ProcessRun;
import dev.plancheck.store.Storage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Servers that die, sleep or start together, while they work on one run.
final class ReplicaChaosTest extends ChaosContext {
  @Test
  void theWorkOfAKilledServerGoesOnInAnother() throws Exception {
    var plan = beginOnTwo();

    rig.worker().kill();
    var finished = rig.done();
    Signals.await("the work to go on", Rig.REVIVAL, () -> rig.done() > finished);
    rig.relay.delay(Duration.ZERO);

    rig.assertDone(plan);
    // What was finished is not checked again; what was at work may be, and what was not stored yet.
    assertThat(rig.relay.taken()).isBetween(DATABASES, DATABASES + 8);
  }

  /// A run of one shard over two servers, some targets of which are finished.
  private PlanName beginOnTwo() throws IOException, InterruptedException {
    var first = rig.begin(SLOWLY);
    var second = rig.begin(SLOWLY);
    first.ready();
    second.ready();
    var plan = rig.plan();
    rig.relay.delay(BREATH);
    first.check(plan);
    rig.awaitDone(6);
    return plan;
  }

  @Test
  void theWorkOfTheOnlyServerGoesOnWhenItIsStartedAgain() throws Exception {
    var first = rig.serve(SLOWLY);
    var plan = rig.plan();
    rig.relay.delay(BREATH);
    first.check(plan);
    rig.awaitDone(6);
    first.kill();
    var finished = rig.done();
    rig.relay.delay(Duration.ZERO);

    rig.serve(SLOWLY);
    Signals.await("the work to go on", Rig.REVIVAL, () -> rig.done() > finished);

    rig.assertDone(plan);
  }

  @Test
  void aServerThatIsToldToStopLeavesItsWorkToOthersAtOnce() throws Exception {
    var plan = beginOnTwo();

    var stopped = rig.worker();
    stopped.run().process().destroy();
    assertThat(stopped.run().end()).isEqualTo(ProcessRun.TERMINATED);
    var finished = rig.done();
    Signals.await("the work to go on", Duration.ofSeconds(5), () -> rig.done() > finished);
    rig.relay.delay(Duration.ZERO);

    rig.assertDone(plan);
    assertThat(stopped.run().errText()).doesNotContain("ERROR", "WARN");
  }

  @Test
  void aServerThatSleptPastItsTimeChangesNothingWhenItWakes() throws Exception {
    var plan = beginOnTwo();

    var asleep = rig.worker();
    asleep.pause();
    var finished = rig.done();
    Signals.await("the work to go on", Rig.REVIVAL, () -> rig.done() > finished + 2);
    asleep.goOn();
    rig.relay.delay(Duration.ZERO);

    rig.assertDone(plan);
    assertThat(asleep.run().process().isAlive()).isTrue();
    assertThat(asleep.run().errText()).doesNotContain("ERROR");
  }

  @Test
  void aServerThatWakesAfterTheEndChangesNothing() throws Exception {
    var plan = beginOnTwo();
    var asleep = rig.worker();
    asleep.pause();
    rig.relay.delay(Duration.ZERO);
    var before = rig.assertDone(plan);

    asleep.goOn();
    Thread.sleep(4_000);

    assertThat(rig.assertDone(plan)).isEqualTo(before);
    assertThat(asleep.run().errText()).doesNotContain("ERROR");
  }

  @Test
  void twoServersThatStartTogetherShareTheWork() throws Exception {
    var first = rig.begin(SLOWLY, "--shard-size=10");
    var second = rig.begin(SLOWLY, "--shard-size=10");
    first.ready();
    second.ready();
    var plan = rig.plan();
    rig.relay.delay(BREATH);

    first.check(plan);

    rig.assertDone(plan);
    assertThat(rig.relay.taken()).isEqualTo(DATABASES);
    assertThat(first.run().errText() + second.run().errText()).doesNotContain("ERROR");
  }

  @Test
  void aCancelReachesTheServerThatDoesTheWork() throws Exception {
    var plan = beginOnTwo();
    var other =
        rig.replicas().stream().filter(replica -> !replica.equals(rig.worker())).findFirst();

    other.orElseThrow().cancel(plan);
    var asked = rig.relay.taken();

    var run = rig.assertWhole(plan, DATABASES);
    assertThat(run.status()).isEqualTo(RunStatus.CANCELED);
    assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(run.counts().done()).isBetween(6, DATABASES - 1);
    Thread.sleep(2_000);
    // What had begun may still connect once, or ask for its cancel.
    assertThat(rig.relay.taken()).isLessThanOrEqualTo(asked + 8);
  }

  @Test
  void aCancelThatRacesTheEndLeavesOneOfTheTwo() throws Exception {
    var only = rig.serve();
    var plan = rig.plan();
    for (var round = 0; round < 6; round++) {
      only.check(plan);
      var wanted = DATABASES - 10 + 2 * round;
      Signals.await("almost the end", Rig.REVIVAL, () -> rig.done() >= wanted || isOver());
      only.post("/v1/%s/planCheckRun:cancel".formatted(plan));

      var run = rig.awaitEnd(plan);
      assertThat(run.status()).isIn(RunStatus.DONE, RunStatus.CANCELED);
      assertThat(run.verdict()).isEqualTo(run.counts().verdict(run.status()));
      try (var storage = Storage.open(rig.metadata.config())) {
        assertThat(storage.runs().results(plan))
            .hasSize(
                run.counts().success()
                    + run.counts().warning()
                    + run.counts().error()
                    + run.counts().notPerformed());
      }
    }
  }

  private boolean isOver() {
    return !rig.metadata
        .text("select status from plancheck.plan_check_run")
        .matches("QUEUED|RUNNING");
  }

  @Test
  void anEditOfThePlanDuringTheRunLeavesTheRunStale() throws Exception {
    var only = rig.serve(SLOWLY);
    var plan = rig.plan();
    rig.relay.delay(BREATH);
    only.check(plan);
    rig.awaitDone(4);
    try (var storage = Storage.open(rig.metadata.config())) {
      var edited = storage.plans().get(plan).orElseThrow();
      storage
          .plans()
          .update(
              new Plan(
                  plan,
                  "Another title",
                  edited.specs(),
                  edited.version(),
                  edited.createdAt(),
                  edited.updatedAt()),
              "chaos");
    }
    rig.relay.delay(Duration.ZERO);

    var run = rig.assertDone(plan);

    assertThat(run.planVersion()).isEqualTo(1);
    try (var storage = Storage.open(rig.metadata.config())) {
      assertThat(storage.plans().get(plan).orElseThrow().version()).isEqualTo(2);
    }
  }
}
