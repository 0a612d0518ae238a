// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.advise.AdviseExecutor;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.run.Turns.Stretch;
import dev.plancheck.checks.summary.SummaryExecutor;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose turn it is where several databases are read at once.
final class TurnsTest {
  private static final RunSettings FOUR = RunSettings.DEFAULT.withConnections(64, 4);

  private final RunnerRig rig = new RunnerRig();
  private final SettableClock clock = new SettableClock(Instant.EPOCH);

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void alikeTargetsComeInStretchesOnceTheInstanceHasAnswered() throws InterruptedException {
    rig.targets.readTogether();

    var report = rig.run(FOUR, rig.databases("a", 41));

    assertThat(report.counts().done()).isEqualTo(41);
    assertThat(report.counts().notPerformed()).isZero();
    assertThat(rig.targets.openedOf("a")).isEqualTo(41);
    var together = rig.targets.together().stream().flatMap(List::stream).toList();
    assertThat(together).doesNotHaveDuplicates().doesNotContain(RunnerRig.name("a", 0));
    assertThat(together).hasSizeGreaterThan(30);
    assertThat(rig.targets.together()).allSatisfy(list -> assertThat(list).hasSizeBetween(2, 11));
  }

  @Test
  void fewTargetsAreLeftToAllWorkers() throws InterruptedException {
    rig.targets.readTogether();

    rig.run(FOUR, rig.databases("a", 4));

    assertThat(rig.targets.together()).isEmpty();
  }

  @Test
  void anotherSheetBeginsAnotherStretch() throws InterruptedException {
    rig.targets.readTogether();
    var other = rig.sheets.put("DELETE FROM book;").sha256();
    var targets = new ArrayList<>(rig.databases("a", 40));
    for (var number = 20; number < 40; number++) {
      targets.set(number, withSheet(targets.get(number), other));
    }

    var report = rig.run(FOUR, targets);

    assertThat(report.counts().notPerformed()).isZero();
    assertThat(rig.targets.together())
        .isNotEmpty()
        .allSatisfy(list ->
            assertThat(list.stream().map(name -> name.database().compareTo("db_0020") < 0))
                .containsOnly(list.getFirst().database().compareTo("db_0020") < 0));
  }

  @Test
  void noStretchesWhereNothingIsShared() throws InterruptedException {
    rig.targets.readTogether();

    rig.run(FOUR.withShared(false), rig.databases("a", 40));

    assertThat(rig.targets.together()).isEmpty();
  }

  @Test
  void everyTargetIsCheckedWhenWorkersEndBeforeTheirStretch() throws InterruptedException {
    rig.targets.readTogether();
    rig.targets.limitOpen("a", 2);
    rig.targets.script("a", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(10)));

    var report = rig.run(rig.databases("a", 120));

    assertThat(report.counts().done()).isEqualTo(120);
    assertThat(report.counts().notPerformed()).isZero();
    assertThat(rig.targets.refusedOf("a")).isPositive();
  }

  @Test
  void whatAWorkerDoesNotGetToIsTakenOverAfterSeconds() {
    rig.targets.readTogether();
    var turns = turns(20);
    turns.take(new Stretch());
    turns.answered(Engine.MARIADB);
    var slow = new Stretch();
    var taken = new HashSet<Integer>();
    for (var turn = turns.take(slow); turn != null && taken.size() < 3; turn = turns.take(slow)) {
      taken.add(turn.place());
    }
    var quick = new Stretch();
    for (var turn = turns.take(quick); turn != null; turn = turns.take(quick)) {
      taken.add(turn.place());
    }
    assertThat(turns.left()).isZero();

    clock.advance(Duration.ofSeconds(6));

    assertThat(turns.left()).isPositive();
    for (var turn = turns.take(quick); turn != null; turn = turns.take(quick)) {
      assertThat(taken.add(turn.place())).isTrue();
      assertThat(turn.connector()).isSameAs(rig.targets);
    }
    assertThat(turns.take(slow)).isNull();
  }

  @Test
  void whatIsLeftOfAStretchComesBackInLine() {
    rig.targets.readTogether();
    var turns = turns(20);
    turns.answered(Engine.MARIADB);
    var own = new Stretch();
    var first = turns.take(own);
    var left = turns.left();

    turns.leave(own);
    turns.leave(own);

    assertThat(first).isNotNull();
    assertThat(turns.left()).isEqualTo(left + 4);
  }

  private Turns turns(int count) {
    return new Turns(IntStream.range(0, count).boxed().toList(), work(rig.databases("a", count)));
  }

  private RunWork work(List<CheckTarget> targets) {
    var memory = new Memory(clock);
    var reviews = new SharedReviews(new ScriptReview(null), Map.of(), Runnable::run, true);
    var terms = new GoverningTerms("policy", new PolicyTerms(Policy.of(List.of())));
    try (var slots = new ConnectionSlots(8, 4, memory.ports().leases(), clock)) {
      return new RunWork(
          new RunWork.Tools(
              rig.targets,
              SchemaDifferences.none(),
              slots,
              FOUR,
              clock,
              new InstanceBreakers(clock)),
          targets,
          new RunWork.Scripts(
              _ -> List.of(),
              _ -> terms,
              reviews,
              new CheckExecutors(
                  new AdviseExecutor(reviews), new SummaryExecutor(), new GhostExecutor()),
              _ -> {}),
          rig.stop,
          _ -> {},
          new TargetTimes());
    }
  }

  private static CheckTarget withSheet(CheckTarget target, String sheet) {
    return new CheckTarget(
        target.target(),
        target.environment(),
        target.spec(),
        sheet,
        false,
        false,
        false,
        target.ghostFlags(),
        target.types(),
        false);
  }
}
