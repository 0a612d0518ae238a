// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RerunRig.BEGIN;
import static dev.plancheck.checks.run.RerunRig.name;
import static dev.plancheck.checks.run.RerunRig.refusing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Checks of a part of a plan; what is refused is in [RerunRefusalTest].
final class RerunTest {
  private final RerunRig rig = new RerunRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void checksOnlyWhatFailed() throws InterruptedException {
    for (var number : List.of(3, 8, 11)) {
      rig.targets.script(name(number), refusing());
    }
    var plan = rig.plan(20);
    var first = rig.run(plan, RunScope.WHOLE);
    rig.targets.script(name(3), Behaviour.FINE);
    rig.targets.script(name(8), Behaviour.FINE);
    rig.clock.advance(Duration.ofHours(1));

    var second = rig.run(plan, RunScope.FAILED);

    assertThat(first.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).isEqualTo(RunStatus.DONE);
    assertThat(second.counts()).isEqualTo(new RunCounts(20, 20, 20, 19, 19, 0, 2));
    assertThat(rig.openedTwice()).containsExactly(name(3), name(8), name(11));
    assertThat(rig.memory.runs().results(plan)).hasSize(40);
    assertThat(second.times().oldestResultAt()).isEqualTo(BEGIN);
  }

  @Test
  void tellsOfKeptResultsWhenTheyWereFound() throws InterruptedException {
    rig.targets.script(name(1), refusing());
    var plan = rig.plan(3);
    rig.run(plan, RunScope.WHOLE);
    rig.targets.script(name(1), Behaviour.FINE);
    rig.clock.advance(Duration.ofHours(1));
    rig.run(plan, RunScope.FAILED);

    var times = new ArrayList<Instant>();
    rig.memory.runs().read(plan, 0, found -> times.add(found.checkedAt()));

    var later = BEGIN.plus(Duration.ofHours(1));
    assertThat(times).containsExactly(BEGIN, BEGIN, later, later, BEGIN, BEGIN);
  }

  @Test
  void countsTheSameAsAWholeRun() throws InterruptedException {
    rig.targets.script(name(4), refusing());
    var plan = rig.plan(9);
    rig.run(plan, RunScope.WHOLE);

    var part = rig.run(plan, RunScope.FAILED);

    var counts = RunCounts.planned(9, 9).withDone(9);
    for (var result : rig.memory.runs().results(plan)) {
      counts = counts.plus(result);
    }
    assertThat(part.counts()).isEqualTo(counts);
    assertThat(rig.run(plan, RunScope.WHOLE).counts()).isEqualTo(counts);
  }

  @Test
  void checksTheTargetsThatWereAskedFor() throws InterruptedException {
    var plan = rig.plan(20);
    rig.run(plan, RunScope.WHOLE);

    rig.run(plan, new RunScope(List.of(), List.of(name(2), name(5)), false));

    assertThat(rig.openedTwice()).containsExactly(name(2), name(5));
  }

  @Test
  void checksTheSpecsThatWereAskedFor() throws InterruptedException {
    var plan = rig.twoSpecs();
    rig.run(plan, RunScope.WHOLE);

    var run = rig.run(plan, new RunScope(List.of("second"), List.of(), false));

    assertThat(rig.openedTwice()).containsExactly(name(5), name(6), name(7));
    assertThat(run.counts()).isEqualTo(new RunCounts(8, 8, 8, 8, 8, 0, 0));
  }

  @Test
  void checksOnlyWhatFitsEveryPartOfTheScope() throws InterruptedException {
    for (var number : List.of(1, 6, 7)) {
      rig.targets.script(name(number), refusing());
    }
    var plan = rig.twoSpecs();
    rig.run(plan, RunScope.WHOLE);

    rig.run(plan, new RunScope(List.of("second"), List.of(name(1), name(5), name(6)), true));

    assertThat(rig.openedTwice()).containsExactly(name(6));
  }

  @Test
  void alwaysChecksWhatTheLastAttemptDidNotFinish() throws InterruptedException {
    rig.targets.script(
        name(0), Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = rig.plan(20);
    rig.runs().start(plan, RunScope.WHOLE, "ann");
    rig.awaitDone(plan, 19);
    rig.runs().cancel(plan, "bob");
    rig.targets.script(name(0), Behaviour.FINE);

    var run = rig.run(plan, new RunScope(List.of(), List.of(name(9)), false));

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.counts()).isEqualTo(new RunCounts(20, 20, 20, 20, 20, 0, 0));
    assertThat(rig.openedTwice()).containsExactly(name(0), name(9));
  }

  @Test
  void checksWhatSamplingChoseAnew() throws InterruptedException {
    rig.sample(3);
    var plan = rig.plan(20);
    rig.run(plan, RunScope.WHOLE);
    var before = rig.opened();
    rig.sample(6);

    var run = rig.run(plan, new RunScope(List.of(), List.of(before.iterator().next()), false));

    assertThat(run.counts()).isEqualTo(new RunCounts(20, 6, 6, 6, 6, 0, 0));
    assertThat(rig.opened()).hasSize(6).containsAll(before);
    assertThat(rig.openedTwice()).containsExactly(before.iterator().next());
    assertThat(rig.memory.runs().results(plan)).hasSize(12);
  }

  @Test
  void dropsResultsOfWhatSamplingLeavesOutNow() throws InterruptedException {
    rig.sample(6);
    var plan = rig.plan(20);
    rig.run(plan, RunScope.WHOLE);
    rig.sample(3);
    var chosen =
        rig.memory.runs().results(plan).stream().map(Result::target).distinct().toList().stream()
            .filter(name -> rig.isChosen(plan, name))
            .toList();

    var run = rig.run(plan, new RunScope(List.of(), List.of(chosen.getFirst()), false));

    assertThat(run.counts()).isEqualTo(new RunCounts(20, 3, 3, 3, 3, 0, 0));
    assertThat(rig.memory.runs().results(plan)).hasSize(6);
  }
}
