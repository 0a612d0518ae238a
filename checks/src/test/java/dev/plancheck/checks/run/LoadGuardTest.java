// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RunnerRig.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.TargetException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a run does with instances that are in trouble.
final class LoadGuardTest {
  private final RunnerRig rig = new RunnerRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void triesAgainWhatWasNotLetIn() throws InterruptedException {
    for (var number : List.of(0, 1, 5, 6)) {
      rig.targets.script(
          name("a", number), failingAtFirst(Step.OPEN, 1, Kind.UNREACHABLE, "refused"));
    }

    var report = rig.run(rig.databases("a", 30));

    assertThat(report.counts().notPerformed()).isZero();
    assertThat(report.counts().done()).isEqualTo(30);
    assertThat(rig.targets.openedOf("a")).isEqualTo(34);
  }

  @Test
  void givesUpWhatIsNeverLetInAndChecksTheOthers() throws InterruptedException {
    rig.targets.script(
        name("a", 7), Behaviour.FINE.with(Step.OPEN, fails(Kind.UNREACHABLE, "no route")));

    var report = rig.run(rig.databases("a", 30));

    assertThat(report.counts().done()).isEqualTo(30);
    assertThat(report.counts().notPerformed()).isEqualTo(2);
    assertThat(causes(report, 7)).containsExactly("no route", "no route");
  }

  @Test
  void usesAnInstanceThatCameBackWithinTheSameRun() throws InterruptedException {
    // It answers once, is away for about three seconds and answers again.
    rig.targets.script("a", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(50)));
    var back =
        Thread.startVirtualThread(() -> {
          pause(Duration.ofMillis(200));
          rig.targets.script(
              "a", Behaviour.FINE.with(Step.OPEN, fails(Kind.UNREACHABLE, "refused")));
          pause(Duration.ofSeconds(3));
          rig.targets.script("a", Behaviour.FINE);
        });

    var report = rig.run(rig.databases("a", 200));

    back.join();
    assertThat(report.counts().notPerformed()).isZero();
    assertThat(report.counts().done()).isEqualTo(200);
    // In the time of its absence it was left alone but for a few trials.
    assertThat(rig.targets.openedOf("a")).isLessThan(220);
  }

  @Test
  void waitsForAnInstanceThatNeverAnsweredOnlyWhileOthersWork() throws InterruptedException {
    rig.targets.script("a", Behaviour.FINE.with(Step.OPEN, fails(Kind.UNREACHABLE, "refused")));
    rig.targets.script("b", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(2500)));
    var back =
        Thread.startVirtualThread(() -> {
          pause(Duration.ofSeconds(1));
          rig.targets.script("a", Behaviour.FINE);
        });
    var targets = new ArrayList<>(rig.databases("a", 50));
    targets.addAll(rig.databases("b", 1));

    var report = rig.run(targets);

    back.join();
    assertThat(report.counts().notPerformed()).isZero();
    assertThat(report.counts().done()).isEqualTo(51);
  }

  @Test
  void triesADeadInstanceAgainInTheNextRun() throws InterruptedException {
    var runner = rig.runner(RunSettings.DEFAULT);
    rig.targets.script("a", Behaviour.FINE.with(Step.OPEN, fails(Kind.UNREACHABLE, "refused")));
    assertThat(rig.run(runner, rig.databases("a", 10)).counts().notPerformed()).isEqualTo(20);
    rig.targets.script("a", Behaviour.FINE);

    var report = rig.run(runner, rig.databases("a", 10));

    assertThat(report.counts().notPerformed()).isZero();
  }

  @Test
  void lowersItsPartOfAnInstanceThatTakesNoMoreConnections() throws InterruptedException {
    rig.targets.limitOpen("a", 3);
    rig.targets.script("a", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(20)));

    var report = rig.run(rig.databases("a", 100));

    assertThat(report.counts().notPerformed()).isZero();
    assertThat(report.counts().done()).isEqualTo(100);
    // Each refusal lowers the number at once, and it grows again slowly.
    assertThat(rig.targets.refusedOf("a")).isLessThan(30);
  }

  @Test
  void doesNotTakeABusyInstanceForDead() throws InterruptedException {
    rig.targets.script(
        name("a", 0), failingAtFirst(Step.OPEN, 5, Kind.BUSY, "too many connections"));

    var report = rig.run(rig.databases("a", 1));

    assertThat(report.counts().notPerformed()).isZero();
    assertThat(rig.targets.openedOf("a")).isEqualTo(6);
  }

  @Test
  void readsOnceMoreWhatBrokeInTheMiddle() throws InterruptedException {
    rig.targets.script(
        name("a", 0), failingAtFirst(Step.SNAPSHOT, 1, Kind.UNREACHABLE, "session ended"));
    rig.targets.script(
        name("a", 1), Behaviour.FINE.with(Step.ESTIMATE, fails(Kind.UNREACHABLE, "crashed")));

    var report = rig.run(rig.databases("a", 3));

    assertThat(report.counts().notPerformed()).isEqualTo(1);
    assertThat(rig.targets.opened(name("a", 0))).isEqualTo(2);
    assertThat(rig.targets.opened(name("a", 1))).isEqualTo(2);
    assertThat(causes(report, 1)).containsExactly("crashed");
  }

  @Test
  void takesSilenceForTheWholeTimeLimitForNoAnswer() throws InterruptedException {
    rig.targets.script(
        "a", Behaviour.FINE.with(Step.OPEN, new Trouble.Hangs(Behaviour.Obeys.INTERRUPT)));
    var settings =
        RunSettings.DEFAULT.withTimeLimits(Duration.ofMillis(300), Duration.ofMinutes(1));

    var report = rig.run(settings, rig.databases("a", 20));

    assertThat(rig.targets.openedOf("a")).isEqualTo(3);
    assertThat(causes(report, 0))
        .containsOnly("the time limit of 300 ms for one database was over");
    assertThat(causes(report, 19))
        .allMatch(cause -> cause.startsWith("not tried, because instances/a did not answer 3"));
  }

  @Test
  void stopsAtOnceWhileItWaits() throws InterruptedException {
    rig.targets.script(
        "a", Behaviour.FINE.with(Step.OPEN, fails(Kind.BUSY, "the database is starting up")));
    Thread.startVirtualThread(() -> {
      pause(Duration.ofMillis(1200));
      rig.stop.stop(new StopSignal.Reason.Canceled());
    });

    var report = rig.run(rig.databases("a", 10));

    assertThat(report.results()).isEmpty();
    assertThat(rig.targets.openedOf("a")).isLessThan(6);
  }

  private static Trouble fails(Kind kind, String message) {
    return new Trouble.Fails(kind, message);
  }

  private static Behaviour failingAtFirst(Step step, int times, Kind kind, String message) {
    return Behaviour.FINE.with(step, new Trouble.FailsAtFirst(times, kind, message));
  }

  private static List<String> causes(RunReport report, int number) {
    return report.results().stream()
        .filter(result -> result.target().equals(name("a", number)))
        .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
        .map(result -> result.finding().content())
        .toList();
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
