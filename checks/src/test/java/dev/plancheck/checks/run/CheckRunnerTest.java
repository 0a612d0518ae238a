// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RunnerRig.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a run finds, whatever goes wrong in one of its targets. Stopping is in
/// [CheckRunnerStopTest].
final class CheckRunnerTest {
  private final RunnerRig rig = new RunnerRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void makesEveryCheckOfATargetOverOneConnection() throws InterruptedException {
    var report = rig.run(rig.databases("a", 1));

    assertThat(report.stopped()).isNull();
    assertThat(report.counts()).isEqualTo(new RunCounts(1, 1, 1, 1, 1, 0, 0));
    assertThat(report.results())
        .extracting(Result::type)
        .containsExactly(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT);
    var advice = report.results().getFirst();
    assertThat(advice.finding().rule()).isEqualTo("test.schema-echo");
    assertThat(advice.sheet()).isEqualTo(rig.sheet);
    assertThat(affected(report.results().getLast()))
        .isEqualTo(new AffectedRows(Method.ESTIMATED, 7L, ""));
    assertThat(rig.targets.opened(name("a", 0))).isEqualTo(1);
    assertThat(rig.targets.openNow()).isZero();
  }

  @Test
  void checksOnlyWhatWasChosen() throws InterruptedException {
    var targets = new ArrayList<>(rig.databases("a", 2));
    var last = targets.getLast();
    targets.set(
        1,
        new CheckTarget(
            last.target(),
            last.environment(),
            last.spec(),
            last.sheet(),
            false,
            false,
            false,
            last.ghostFlags(),
            last.types(),
            true));

    var report = rig.run(targets);

    assertThat(report.results()).extracting(Result::target).containsOnly(name("a", 0));
    assertThat(report.counts()).isEqualTo(new RunCounts(2, 1, 1, 1, 1, 0, 0));
  }

  @Test
  void givesResultsInPlanOrderWhateverTheOrderOfArrival() throws InterruptedException {
    var random = new Random(7);
    var targets = new ArrayList<CheckTarget>();
    for (var number = 0; number < 40; number++) {
      var name = name(number % 3 == 0 ? "a" : "b", number);
      targets.add(rig.target(name, RunnerRig.BOTH));
      rig.targets.script(
          name, Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(random.nextInt(20))));
    }

    var report = rig.run(targets);

    assertThat(report.results().stream().map(Result::target).distinct().toList())
        .isEqualTo(targets.stream().map(CheckTarget::target).toList());
  }

  @Test
  void tellsTwoSpecsOnOneDatabaseApart() throws InterruptedException {
    var one = rig.databases("a", 1).getFirst();
    var two =
        new CheckTarget(
            one.target(),
            one.environment(),
            "other",
            rig.sheets.put("DELETE FROM book;").sha256(),
            false,
            false,
            false,
            one.ghostFlags(),
            one.types(),
            false);

    var report = rig.run(List.of(one, two));

    assertThat(report.results())
        .extracting(result -> result.spec() + " " + result.type())
        .containsExactly(
            "change STATEMENT_ADVISE",
            "change STATEMENT_SUMMARY_REPORT",
            "other STATEMENT_ADVISE",
            "other STATEMENT_SUMMARY_REPORT");
    assertThat(report.counts().done()).isEqualTo(2);
  }

  @Test
  void reviewsASpecOnTheDatabaseAsTheSpecsBeforeLeaveIt() throws InterruptedException {
    var name = RunnerRig.name("i", 1);
    var makes = rig.sheets.put("CREATE TABLE tome (id int);").sha256();
    var first = spec(rig.target(name, List.of(CheckType.STATEMENT_ADVISE)), "first", makes);
    var second = spec(rig.target(name, List.of(CheckType.STATEMENT_ADVISE)), "second", rig.sheet);
    var alone =
        spec(
            rig.target(RunnerRig.name("i", 2), List.of(CheckType.STATEMENT_ADVISE)),
            "second",
            rig.sheet);

    var report = rig.run(List.of(first, second, second, alone));

    var found = report.results().stream().map(result -> result.finding().content()).toList();
    // The second time the same check of the same spec: what was made before it is the same.
    assertThat(found).hasSize(4);
    assertThat(found.get(1)).isEqualTo(found.get(2)).isNotEqualTo(found.get(3));
    assertThat(found.get(0)).isEqualTo(found.get(3));
  }

  private static CheckTarget spec(CheckTarget target, String spec, String sheet) {
    return new CheckTarget(
        target.target(),
        target.environment(),
        spec,
        sheet,
        false,
        false,
        false,
        target.ghostFlags(),
        target.types(),
        false);
  }

  @Test
  void keepsWhatFailsInOneTargetToThatOne() throws InterruptedException {
    rig.targets.script(
        name("a", 1),
        Behaviour.FINE.with(
            Step.OPEN, new Trouble.Fails(Kind.REFUSED, "wrong password for user checker")));
    rig.targets.script(
        name("a", 2),
        Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Fails(Kind.MISSING, "it was dropped")));
    rig.targets.script(
        name("a", 3),
        Behaviour.FINE.with(Step.ESTIMATE, new Trouble.Fails(Kind.TIMED_OUT, "30 s are over")));

    var report = rig.run(rig.databases("a", 5));

    assertThat(causes(report, 0)).isEmpty();
    assertThat(causes(report, 1))
        .containsExactly("wrong password for user checker", "wrong password for user checker");
    assertThat(causes(report, 2)).containsExactly("it was dropped", "it was dropped");
    assertThat(causes(report, 3)).containsExactly("30 s are over");
    assertThat(of(report, 3).getFirst().outcome()).isEqualTo(Outcome.PERFORMED);
    assertThat(causes(report, 4)).isEmpty();
    assertThat(report.counts()).isEqualTo(new RunCounts(5, 5, 5, 2, 3, 0, 5));
    assertThat(report.counts().verdict(RunStatus.DONE)).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void saysNothingOfABugButAReference() throws InterruptedException {
    var bug = new IllegalStateException("password=marked SELECT secret");
    var steps = List.of(Step.values());
    for (var step : steps) {
      rig.targets.script(
          name("a", steps.indexOf(step)), Behaviour.FINE.with(step, new Trouble.Throws(bug)));
    }

    var report = rig.run(rig.databases("a", 4));

    for (var number = 0; number < 3; number++) {
      assertThat(causes(report, number))
          .isNotEmpty()
          .allMatch(
              cause -> cause.matches("internal error \\(reference [0-9a-f]{8} in the log\\)"));
    }
    assertThat(causes(report, 3)).isEmpty();
    assertThat(report.counts().done()).isEqualTo(4);
  }

  @Test
  void marksWhatCouldNotBeCheckedAsAnError() throws InterruptedException {
    rig.targets.script(
        name("a", 0),
        Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.UNREACHABLE, "no route to host")));

    var report = rig.run(rig.databases("a", 1));

    assertThat(report.results())
        .allSatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.NOT_PERFORMED);
          assertThat(result.finding().status()).isEqualTo(Status.ERROR);
          assertThat(result.finding().title()).isEqualTo("Check failed");
          assertThat(result.finding().content()).isEqualTo("no route to host");
        });
  }

  @Test
  void opensNoMoreConnectionsThanAllowed() throws InterruptedException {
    var targets = new ArrayList<CheckTarget>();
    for (var instance : List.of("a", "b", "c")) {
      rig.targets.script(instance, Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(10)));
      targets.addAll(rig.databases(instance, 30));
    }

    rig.run(RunSettings.DEFAULT.withConnections(7, 4), targets);

    assertThat(rig.targets.mostOpen("a")).isBetween(2, 4);
    assertThat(rig.targets.mostOpen("b")).isBetween(2, 4);
    assertThat(rig.targets.mostOpen("")).isBetween(5, 7);
    assertThat(rig.targets.openNow()).isZero();
  }

  @Test
  void doesNotLetADeadHostHoldBackTheOthers() throws InterruptedException {
    rig.targets.script(
        "dead",
        Behaviour.FINE
            .withDelay(Step.OPEN, Duration.ofMillis(400))
            .with(Step.OPEN, new Trouble.Fails(Kind.UNREACHABLE, "connection timed out")));
    var targets = new ArrayList<>(rig.databases("dead", 50));
    targets.addAll(rig.databases("alive", 50));
    var config = RunnerRig.config(targets);
    var found = new CollectedResults();
    var order = new ConcurrentLinkedQueue<String>();
    rig.runner(RunSettings.DEFAULT.withConnections(8, 8))
        .run(
            config,
            rig.stop,
            target -> {
              order.add(target.results().getFirst().target().instance());
              found.take(target);
            });
    var report = RunReport.of(config, found, rig.stop);

    assertThat(order.stream().limit(50)).containsOnly("alive");
    assertThat(rig.targets.openedOf("dead")).isEqualTo(3);
    assertThat(rig.targets.mostOpen("dead")).isEqualTo(1);
    assertThat(report.counts()).isEqualTo(new RunCounts(100, 100, 100, 50, 50, 0, 100));
    assertThat(causes(report, name("dead", 0)))
        .containsExactly("connection timed out", "connection timed out");
    assertThat(causes(report, name("dead", 49)))
        .allSatisfy(cause ->
            assertThat(cause)
                .matches(
                    "not tried, because instances/dead did not answer 3 times in a row since"
                        + " ..:..:.. UTC: connection timed out"));
  }

  @Test
  void reviewsEqualDatabasesOnceAndJudgesASheetOnce() throws InterruptedException {
    var asked = new AtomicInteger();
    rig.judge = accepting(asked);
    for (var number = 0; number < 50; number += 10) {
      rig.targets.script(
          name("a", number), Behaviour.FINE.with(Behaviour.schemaOf("drifted", SizeBand.NORMAL)));
    }
    SchemaEcho.LOOKS.set(0);

    var report = rig.run(rig.databases("a", 50));

    assertThat(SchemaEcho.LOOKS).hasValue(2);
    assertThat(asked).hasValue(1);
    assertThat(
            report.results().stream()
                .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
                .map(result -> result.finding().content())
                .distinct())
        .hasSize(2);
  }

  @Test
  void neverSharesNumbers() throws InterruptedException {
    for (var number = 0; number < 20; number++) {
      rig.targets.script(name("a", number), Behaviour.FINE.withRows(number * 1000L));
    }

    var report = rig.run(rig.databases("a", 20));

    assertThat(
            report.results().stream()
                .filter(result -> result.type() == CheckType.STATEMENT_SUMMARY_REPORT)
                .map(result -> affected(result).rows()))
        .isEqualTo(LongStream.range(0, 20).mapToObj(number -> number * 1000).toList());
  }

  @Test
  void findsThatGhostCannotServePostgresql() throws InterruptedException {
    var ghost =
        rig.target(name("a", 0), List.of(CheckType.STATEMENT_SUMMARY_REPORT, CheckType.GHOST_SYNC));

    var result = rig.run(List.of(ghost)).results().getLast();

    assertThat(result.outcome()).isEqualTo(Outcome.PERFORMED);
    assertThat(result.type()).isEqualTo(CheckType.GHOST_SYNC);
    assertThat(result.finding().status()).isEqualTo(Status.ERROR);
    assertThat(result.finding().title()).isEqualTo("gh-ost serves MySQL only");
  }

  @Test
  void tellsEachTargetAsSoonAsItIsDone() throws InterruptedException {
    rig.targets.script("a", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(50)));
    var open = new ArrayList<Integer>();

    rig.runner(RunSettings.DEFAULT.withConnections(1, 1))
        .run(
            RunnerRig.config(rig.databases("a", 4)),
            rig.stop,
            target -> open.add(rig.targets.openedOf("a") - target.place()));

    assertThat(open).containsExactly(1, 1, 1, 1);
  }

  @Test
  void checksOnlyThePlacesThatItIsAskedFor() throws InterruptedException {
    var config = RunnerRig.config(rig.databases("a", 5));
    var runner = rig.runner(RunSettings.DEFAULT);
    var found = new CollectedResults();
    var places = new BitSet();
    places.set(1);
    places.set(3);

    runner.run(runner.attempt(config), places, Duration.ofMinutes(1), rig.stop, found);

    assertThat(found.all())
        .extracting(Result::target)
        .containsExactly(name("a", 1), name("a", 1), name("a", 3), name("a", 3));
    assertThat(rig.targets.openedOf("a")).isEqualTo(2);
  }

  @Test
  void reviewsEqualDatabasesOnceThoughTheyAreInTwoShards() throws InterruptedException {
    var asked = new AtomicInteger();
    rig.judge = accepting(asked);
    var runner = rig.runner(RunSettings.DEFAULT);
    var attempt = runner.attempt(RunnerRig.config(rig.databases("a", 4)));
    for (var shard : Shard.split(4, 2)) {
      var places = new BitSet();
      places.set(shard.first(), shard.end());
      runner.run(attempt, places, Duration.ofMinutes(1), rig.stop, new CollectedResults());
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void failsWhenItsSheetsCannotBeRead() throws InterruptedException {
    var broken =
        new Sheets() {
          @Override
          public Sheet put(String project, String text) {
            throw gone();
          }

          @Override
          public Sheet put(String text) {
            throw gone();
          }

          @Override
          public void keepComputed(PlanName plan, Sheet sheet) {
            throw gone();
          }

          @Override
          public Optional<Sheet> get(String sha256) {
            throw gone();
          }

          @Override
          public Optional<Sheet> get(String project, String sha256) {
            throw gone();
          }

          @Override
          public Set<String> seen(String project, Collection<String> sha256) {
            throw gone();
          }

          private static IllegalStateException gone() {
            return new IllegalStateException("the storage is gone: password=marked");
          }
        };

    var report = rig.run(rig.runner(RunSettings.DEFAULT, broken), rig.databases("a", 3));

    assertThat(report.results()).isEmpty();
    assertThat(report.stopped())
        .isInstanceOfSatisfying(
            StopSignal.Reason.Failed.class,
            failed ->
                assertThat(failed.error())
                    .matches(
                        "sheets or policies could not be read: internal error \\(reference"
                            + " [0-9a-f]{8} in the log\\)"));
    assertThat(rig.targets.openedOf("a")).isZero();
  }

  @Test
  void hasNothingToDoForNoTargets() throws InterruptedException {
    var report = rig.run(List.of());

    assertThat(report.results()).isEmpty();
    assertThat(report.stopped()).isNull();
    assertThat(report.counts()).isEqualTo(RunCounts.planned(0, 0));
  }

  private static AffectedRows affected(Result result) {
    if (result.summary() == null) {
      throw new AssertionError("no summary: " + result);
    }
    return result.summary().affected();
  }

  private static SyntaxJudge accepting(AtomicInteger asked) {
    return new SyntaxJudge() {
      @Override
      public String name() {
        return "a judge";
      }

      @Override
      public Judgement judge(String sql) {
        asked.incrementAndGet();
        return new Judgement.Accepted();
      }
    };
  }

  private static List<Result> of(RunReport report, int number) {
    return of(report, name("a", number));
  }

  private static List<Result> of(RunReport report, DatabaseName name) {
    return report.results().stream().filter(result -> result.target().equals(name)).toList();
  }

  /// Why checks of a target were not performed.
  private static List<String> causes(RunReport report, int number) {
    return causes(report, name("a", number));
  }

  private static List<String> causes(RunReport report, DatabaseName name) {
    return of(report, name).stream()
        .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
        .map(result -> result.finding().content())
        .toList();
  }
}
