// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Databases in trouble during a run: our own, and those that are checked.
final class DatabaseChaosTest extends ChaosContext {
  @Test
  void aKilledMetadataDatabaseThatComesBackLosesNothing() throws Exception {
    var only = rig.serve(SLOWLY);
    var plan = rig.plan();
    rig.relay.delay(BREATH);
    only.check(plan);
    rig.awaitDone(6);
    var finished = rig.done();

    rig.metadata.kill();
    Thread.sleep(2_000);
    rig.metadata.restart();

    assertThat(rig.done()).isGreaterThanOrEqualTo(finished);
    Signals.await("the work to go on", Rig.REVIVAL, () -> rig.done() > finished);
    rig.relay.delay(Duration.ZERO);
    rig.assertDone(plan);
    assertThat(only.run().process().isAlive()).isTrue();
  }

  @Test
  void connectionsThatAnAdministratorEndsAreToldTargetByTarget() throws Exception {
    var only = rig.serve("--connections=4");
    var plan = rig.plan();
    rig.relay.delay(Duration.ofMillis(100));
    only.check(plan);
    rig.awaitDone(4);
    var cut = 0;
    for (var round = 0; round < 200 && cut < 3; round++) {
      cut += fleet.cutConnections();
      Thread.sleep(5);
    }

    var run = rig.assertWhole(plan, DATABASES);

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.counts().done()).isEqualTo(DATABASES);
    var failed = notPerformed(plan);
    assertThat(run.verdict()).isEqualTo(failed.isEmpty() ? Verdict.WARN : Verdict.INCOMPLETE);
    assertThat(failed)
        .allSatisfy(result ->
            assertThat(result.finding().content())
                .doesNotContain("internal error")
                .doesNotContain(fleet.cluster().password()));
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersHoldsBackNobody() throws Exception {
    try (var mute = new Relay(fleet.cluster().port())) {
      mute.silence();
      var only = rig.serve("--target-timeout=3s");
      var names = List.of("tenant_a", "tenant_b", "tenant_c", "tenant_d", "tenant_e");
      rig.instance("mute", mute.port(), names);
      var plan = rig.plan(Fleet.targets("mute", names));
      only.check(plan);
      Signals.await("the others", Duration.ofSeconds(10), () -> rig.done() >= DATABASES);

      var run = rig.assertWhole(plan, DATABASES + names.size());

      assertThat(run.status()).isEqualTo(RunStatus.DONE);
      assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
      assertThat(run.counts().done()).isEqualTo(DATABASES + names.size());
      assertThat(notPerformed(plan).stream().map(Result::target).collect(Collectors.toSet()))
          .hasSize(names.size())
          .allSatisfy(target -> assertThat(target.instance()).isEqualTo("mute"));
    }
  }

  @Test
  void afterFullDisksOfTheMetadataNothingIsMissing() throws Exception {
    var device = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(device), "no /dev/full here, which plays the full disk");
    // Makes the tables.
    var plan = rig.plan();
    var file =
        rig.metadata
            .data()
            .resolve(
                rig.metadata.text("select pg_relation_filepath('plancheck.plan_check_run_chunk')"));
    var only = rig.serve(SLOWLY);
    rig.metadata.stop();
    assertThat(Files.size(file)).isZero();
    var empty = Files.move(file, file.resolveSibling(file.getFileName() + ".empty"));
    Files.createSymbolicLink(file, device);
    rig.metadata.restart();

    only.check(plan);
    Signals.await(
        "a warning that storage does not answer",
        Rig.REVIVAL,
        () -> only.run().errText().contains("No space left on device"));
    assertThat(rig.done()).isZero();
    assertThat(rig.metadata.text("select status from plancheck.plan_check_run"))
        .isEqualTo("RUNNING");
    rig.metadata.stop();
    Files.delete(file);
    Files.move(empty, file);
    rig.metadata.restart();

    rig.assertDone(plan);
    assertThat(only.run().process().isAlive()).isTrue();
  }

  private List<Result> notPerformed(PlanName plan) {
    try (var storage = Storage.open(rig.metadata.config())) {
      return storage.runs().results(plan).stream()
          .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
          .toList();
    }
  }
}
