// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RunnerRig.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.run.StopSignal.Reason;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How runs end before their time: canceled, past a limit, failed, interrupted.
final class CheckRunnerStopTest {
  private static final Duration PROMPTLY = Duration.ofMillis(2500);

  private final RunnerRig rig = new RunnerRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void cancelsTheStatementAndKeepsWhatWasFound() throws Exception {
    hang(9, Step.SNAPSHOT, Obeys.CANCEL);

    var report = stoppedBy(new Reason.Canceled(), RunSettings.DEFAULT.withConnections(2, 2));

    assertThat(report.stopped()).isEqualTo(new Reason.Canceled());
    assertThat(rig.targets.cancels()).isEqualTo(1);
    assertThat(report.results()).extracting(Result::target).doesNotContain(name("a", 9));
    assertThat(report.results()).extracting(Result::outcome).containsOnly(Outcome.PERFORMED);
    assertThat(report.counts().done()).isEqualTo(19);
    assertThat(rig.targets.openNow()).isZero();
  }

  @Test
  void closesTheConnectionThatDoesNotObeyTheCancel() throws Exception {
    hang(0, Step.SNAPSHOT, Obeys.CLOSE);
    hang(1, Step.ESTIMATE, Obeys.INTERRUPT);
    hang(2, Step.OPEN, Obeys.INTERRUPT);

    var report = stoppedBy(new Reason.Canceled(), RunSettings.DEFAULT);

    assertThat(report.results()).extracting(Result::outcome).containsOnly(Outcome.PERFORMED);
    assertThat(rig.targets.openNow()).isZero();
  }

  @Test
  void dropsATargetThatWasStoppedInTheMiddle() throws Exception {
    hang(0, Step.ESTIMATE, Obeys.CANCEL);

    var report = stoppedBy(new Reason.Canceled(), RunSettings.DEFAULT);

    assertThat(report.results()).extracting(Result::target).doesNotContain(name("a", 0));
    assertThat(report.counts().done()).isEqualTo(19);
  }

  @Test
  void reportsWhatItHadToAbandon() throws Exception {
    hang(3, Step.SNAPSHOT, Obeys.NOTHING);

    var report = stoppedBy(new Reason.Canceled(), RunSettings.DEFAULT);

    assertThat(report.results())
        .filteredOn(result -> result.outcome() == Outcome.NOT_PERFORMED)
        .hasSize(2)
        .allSatisfy(result -> {
          assertThat(result.target()).isEqualTo(name("a", 3));
          assertThat(result.finding().content())
              .isEqualTo(
                  "the run was canceled; the database did not end the work, and its connection"
                      + " was abandoned");
        });
  }

  @Test
  void keepsTheSlotOfWhatItAbandoned() throws Exception {
    hang(0, Step.SNAPSHOT, Obeys.NOTHING);
    var settings =
        RunSettings.DEFAULT
            .withConnections(1, 1)
            .withTimeLimits(Duration.ofMillis(200), Duration.ofSeconds(4));

    var report = rig.run(settings, rig.databases("a", 2));

    assertThat(rig.targets.mostOpen("a")).isEqualTo(1);
    assertThat(causes(report))
        .containsExactly(
            "the time limit of 200 ms for one database was over; the database did not end the"
                + " work, and its connection was abandoned",
            "the time limit of 200 ms for one database was over; the database did not end the"
                + " work, and its connection was abandoned",
            "the time limit of 4 s for the run was over",
            "the time limit of 4 s for the run was over");
  }

  @Test
  void endsATargetAtItsTimeLimitAndKeepsWhatItHasOfIt() throws Exception {
    hang(0, Step.SNAPSHOT, Obeys.CANCEL);
    hang(1, Step.ESTIMATE, Obeys.CANCEL);
    var settings = RunSettings.DEFAULT.withTimeLimits(Duration.ofMillis(300), Duration.ofHours(1));

    var report = rig.run(settings, rig.databases("a", 3));

    assertThat(report.stopped()).isNull();
    assertThat(causes(report))
        .containsExactly(
            "the time limit of 300 ms for one database was over",
            "the time limit of 300 ms for one database was over",
            "the time limit of 300 ms for one database was over");
    assertThat(report.counts()).isEqualTo(new RunCounts(3, 3, 3, 1, 2, 0, 3));
  }

  @Test
  void endsARunAtItsTimeLimitWithAResultForEveryCheck() throws Exception {
    rig.targets.script("a", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(200)));
    var settings =
        RunSettings.DEFAULT
            .withConnections(1, 1)
            .withTimeLimits(Duration.ofMinutes(1), Duration.ofMillis(900));

    var report = rig.run(settings, rig.databases("a", 50));

    assertThat(report.stopped()).isEqualTo(new Reason.TimeLimit(Duration.ofMillis(900)));
    assertThat(report.results()).hasSize(100);
    assertThat(report.counts().done()).isEqualTo(50);
    assertThat(report.counts().success()).isPositive();
    assertThat(causes(report))
        .hasSizeGreaterThan(80)
        .containsOnly("the time limit of 900 ms for the run was over");
  }

  @Test
  void doesNotBeginWhenItIsStoppedBefore() throws Exception {
    rig.stop.stop(new Reason.Canceled());

    var report = rig.run(rig.databases("a", 3));

    assertThat(report.results()).isEmpty();
    assertThat(rig.targets.openedOf("a")).isZero();
  }

  @Test
  void passesAnInterruptOn() throws Exception {
    hang(0, Step.SNAPSHOT, Obeys.INTERRUPT);
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var run = thread.submit(() -> rig.run(rig.databases("a", 3)));
      awaitOpen();
      thread.shutdownNow();

      assertThat(failureOf(run)).isInstanceOf(InterruptedException.class);
    }
    assertThat(rig.targets.openNow()).isZero();
  }

  private static Throwable failureOf(java.util.concurrent.Future<RunReport> run)
      throws InterruptedException, TimeoutException {
    try {
      return new AssertionError("no failure but " + run.get(5, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  /// Runs 20 databases, stops the run while it hangs, and expects it to end promptly.
  private RunReport stoppedBy(Reason reason, RunSettings settings) throws Exception {
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var run = thread.submit(() -> rig.run(settings, rig.databases("a", 20)));
      awaitOpen();
      rig.stop.stop(reason);
      return run.get(PROMPTLY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Until only what hangs is left.
  private void awaitOpen() throws InterruptedException {
    Thread.sleep(800);
    assertThat(rig.targets.openNow()).isPositive();
  }

  private void hang(int number, Step step, Obeys obeys) {
    rig.targets.script(name("a", number), Behaviour.FINE.with(step, new Trouble.Hangs(obeys)));
  }

  private static List<String> causes(RunReport report) {
    return report.results().stream()
        .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
        .map(result -> result.finding().content())
        .toList();
  }
}
