// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.planner.EnvironmentOrder;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.review.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Checks of a part of a plan, and when a run is too old, over storage in memory whose clock stands
/// still.
final class RerunTest {
  private static final Policy POLICY = Policy.of(List.of(new SchemaEcho(1)));
  private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(BEGIN);
  private final Memory memory = new Memory(clock);
  private final ScriptedTargets targets = new ScriptedTargets();
  private final UnfoldedRuns stored = new UnfoldedRuns(memory.runs());
  private final String sheet = memory.sheets().put("UPDATE book SET id = 1;").sha256();
  private Checks checks;

  @BeforeEach
  void start() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "prod"));
    sync(20);
    var ports = memory.ports();
    checks =
        Checks.start(
            new CheckPorts(
                ports.projects(),
                ports.instances(),
                ports.databases(),
                ports.sheets(),
                ports.plans(),
                stored,
                ports.shards(),
                ports.queue(),
                ports.leases()),
            targets,
            new Checks.Setup(
                POLICY,
                "rules-1",
                EnvironmentOrder.BY_NAME,
                RunSettings.DEFAULT.withTargetsOfShard(7),
                null),
            List.of(),
            clock);
  }

  @AfterEach
  void close() {
    targets.release();
    checks.close();
  }

  @Test
  void checksOnlyWhatFailed() throws InterruptedException {
    for (var number : List.of(3, 8, 11)) {
      targets.script(name(number), refusing());
    }
    var plan = plan(20);
    var first = run(plan, RunScope.WHOLE);
    targets.script(name(3), Behaviour.FINE);
    targets.script(name(8), Behaviour.FINE);
    clock.advance(Duration.ofHours(1));

    var second = run(plan, RunScope.FAILED);

    assertThat(first.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).isEqualTo(RunStatus.DONE);
    assertThat(second.counts()).isEqualTo(new RunCounts(20, 20, 20, 19, 19, 0, 2));
    assertThat(openedTwice()).containsExactly(name(3), name(8), name(11));
    assertThat(memory.runs().results(plan)).hasSize(40);
    assertThat(second.times().oldestResultAt()).isEqualTo(BEGIN);
  }

  @Test
  void tellsOfKeptResultsWhenTheyWereFound() throws InterruptedException {
    targets.script(name(1), refusing());
    var plan = plan(3);
    run(plan, RunScope.WHOLE);
    targets.script(name(1), Behaviour.FINE);
    clock.advance(Duration.ofHours(1));
    run(plan, RunScope.FAILED);

    var times = new ArrayList<Instant>();
    memory.runs().read(plan, 0, found -> times.add(found.checkedAt()));

    var later = BEGIN.plus(Duration.ofHours(1));
    assertThat(times).containsExactly(BEGIN, BEGIN, later, later, BEGIN, BEGIN);
  }

  @Test
  void countsTheSameAsAWholeRun() throws InterruptedException {
    targets.script(name(4), refusing());
    var plan = plan(9);
    run(plan, RunScope.WHOLE);

    var part = run(plan, RunScope.FAILED);

    var counts = RunCounts.planned(9, 9).withDone(9);
    for (var result : memory.runs().results(plan)) {
      counts = counts.plus(result);
    }
    assertThat(part.counts()).isEqualTo(counts);
    assertThat(run(plan, RunScope.WHOLE).counts()).isEqualTo(counts);
  }

  @Test
  void checksTheTargetsThatWereAskedFor() throws InterruptedException {
    var plan = plan(20);
    run(plan, RunScope.WHOLE);

    run(plan, new RunScope(List.of(), List.of(name(2), name(5)), false));

    assertThat(openedTwice()).containsExactly(name(2), name(5));
  }

  @Test
  void checksTheSpecsThatWereAskedFor() throws InterruptedException {
    var plan = twoSpecs();
    run(plan, RunScope.WHOLE);

    var run = run(plan, new RunScope(List.of("second"), List.of(), false));

    assertThat(openedTwice()).containsExactly(name(5), name(6), name(7));
    assertThat(run.counts()).isEqualTo(new RunCounts(8, 8, 8, 8, 8, 0, 0));
  }

  @Test
  void checksOnlyWhatFitsEveryPartOfTheScope() throws InterruptedException {
    for (var number : List.of(1, 6, 7)) {
      targets.script(name(number), refusing());
    }
    var plan = twoSpecs();
    run(plan, RunScope.WHOLE);

    run(plan, new RunScope(List.of("second"), List.of(name(1), name(5), name(6)), true));

    assertThat(openedTwice()).containsExactly(name(6));
  }

  @Test
  void alwaysChecksWhatTheLastAttemptDidNotFinish() throws InterruptedException {
    targets.script(name(0), Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = plan(20);
    checks.runs().start(plan, RunScope.WHOLE, "ann");
    awaitDone(plan, 19);
    checks.runs().cancel(plan, "bob");
    targets.script(name(0), Behaviour.FINE);

    var run = run(plan, new RunScope(List.of(), List.of(name(9)), false));

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.counts()).isEqualTo(new RunCounts(20, 20, 20, 20, 20, 0, 0));
    assertThat(openedTwice()).containsExactly(name(0), name(9));
  }

  @Test
  void checksWhatSamplingChoseAnew() throws InterruptedException {
    sample(3);
    var plan = plan(20);
    run(plan, RunScope.WHOLE);
    var before = opened();
    sample(6);

    var run = run(plan, new RunScope(List.of(), List.of(before.iterator().next()), false));

    assertThat(run.counts()).isEqualTo(new RunCounts(20, 6, 6, 6, 6, 0, 0));
    assertThat(opened()).hasSize(6).containsAll(before);
    assertThat(openedTwice()).containsExactly(before.iterator().next());
    assertThat(memory.runs().results(plan)).hasSize(12);
  }

  @Test
  void dropsResultsOfWhatSamplingLeavesOutNow() throws InterruptedException {
    sample(6);
    var plan = plan(20);
    run(plan, RunScope.WHOLE);
    sample(3);
    var chosen =
        memory.runs().results(plan).stream().map(Result::target).distinct().toList().stream()
            .filter(name -> isChosen(plan, name))
            .toList();

    var run = run(plan, new RunScope(List.of(), List.of(chosen.getFirst()), false));

    assertThat(run.counts()).isEqualTo(new RunCounts(20, 3, 3, 3, 3, 0, 0));
    assertThat(memory.runs().results(plan)).hasSize(6);
  }

  @Test
  void refusesATargetThatSamplingLeftOut() throws InterruptedException {
    sample(3);
    var plan = plan(20);
    run(plan, RunScope.WHOLE);
    var left = new ArrayList<>(Samples.databases("pg", 20));
    left.removeAll(opened());

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> start(plan, new RunScope(List.of(), List.of(left.getFirst()), false)),
        "target: %s is not among the databases that the project's sampling chose of %s"
            .formatted(left.getFirst(), plan));
  }

  @Test
  void refusesAPartOfWhatWasNeverChecked() {
    var plan = plan(2);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> start(plan, RunScope.FAILED),
        "a part of %s cannot be run again, because it was never checked: run all checks"
            .formatted(plan));
  }

  @Test
  void refusesAPartOfAPlanThatWasEdited() throws InterruptedException {
    targets.script(name(1), refusing());
    var plan = plan(2);
    run(plan, RunScope.WHOLE);
    edit(plan, 2);
    edit(plan, 2);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> start(plan, RunScope.FAILED),
        "a part of %s cannot be run again, because the plan was edited (version 3, checked 1): run all checks"
            .formatted(plan));
    assertThat(run(plan, RunScope.WHOLE).planVersion()).isEqualTo(3);
  }

  @Test
  void refusesAPartUnderOtherRulesOrAnotherPolicy() throws InterruptedException {
    targets.script(name(1), refusing());
    var plan = plan(2);
    run(plan, RunScope.WHOLE);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> other("rules-2").start(plan, RunScope.FAILED, "ann"),
        "a part of %s cannot be run again, because the review policy was changed, and the rules changed (rules-2, checked with rules-1): run all checks"
            .formatted(plan));
  }

  @Test
  void refusesAPartWhileChecksRun() throws InterruptedException {
    targets.script("pg", Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = plan(1);
    checks.runs().start(plan, RunScope.WHOLE, "ann");

    assertThatExceptionOfType(RunActiveException.class)
        .isThrownBy(() -> start(plan, RunScope.FAILED));
  }

  @Test
  void refusesToCheckNothing() throws InterruptedException {
    var plan = plan(2);
    run(plan, RunScope.WHOLE);

    assertRefused(
        Code.FAILED_PRECONDITION,
        () -> start(plan, RunScope.FAILED),
        "no check of %s failed in attempt 1 (expected: at least one to run again)".formatted(plan));
    assertThat(memory.runs().get(plan).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void refusesSpecsAndTargetsThatThePlanDoesNotCheck() throws InterruptedException {
    var plan = plan(2);
    run(plan, RunScope.WHOLE);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> start(plan, new RunScope(List.of("change", "other"), List.of(), false)))
        .withMessage("spec: other (expected: a spec of %s that is checked)", plan)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .satisfies(refusal -> assertThat(refusal.field()).contains("specs[1]"));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> start(plan, new RunScope(List.of(), List.of(name(7)), false)))
        .withMessage("target: %s (expected: a database that %s changes)", name(7), plan)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .satisfies(refusal -> assertThat(refusal.field()).contains("targets[0]"));
  }

  @Test
  void waitsForTheFoldOfTheLastAttempt() throws InterruptedException {
    targets.script(name(1), refusing());
    var plan = plan(3);
    run(plan, RunScope.WHOLE);
    stored.left.set(3);

    assertThat(run(plan, RunScope.FAILED).attempt()).isEqualTo(2);
  }

  @Test
  void doesNotWaitForTheFoldForever() throws InterruptedException {
    targets.script(name(1), refusing());
    var plan = plan(3);
    run(plan, RunScope.WHOLE);
    stored.left.set(Integer.MAX_VALUE);
    var _ =
        Thread.startVirtualThread(() -> {
          while (stored.left.get() > Integer.MAX_VALUE - 2) {
            Thread.onSpinWait();
          }
          clock.advance(Duration.ofSeconds(6));
        });

    assertRefused(Code.ABORTED, () -> start(plan, RunScope.FAILED), "attempt 1 is not folded yet");
  }

  @Test
  void tellsWhyARunIsStale() throws InterruptedException {
    var plan = plan(3);
    run(plan, RunScope.WHOLE);
    assertThat(checks.runs().staleness(plan)).isEmpty();

    clock.advance(Duration.ofDays(7));
    edit(plan, 3);

    assertThat(checks.runs().staleness(plan))
        .containsExactly(
            new Staleness.PlanEdited(2, 1), new Staleness.TooOld(BEGIN, Duration.ofDays(7)));
  }

  @Test
  void obeysTheMaximumAgeOfItsProject() throws InterruptedException {
    var plan = plan(1);
    run(plan, RunScope.WHOLE);
    clock.advance(Duration.ofHours(2));
    memory
        .projects()
        .update(new Project("shop", "Shop", new Project.Settings(0, Duration.ofHours(1))));

    assertThat(checks.runs().staleness(plan))
        .containsExactly(new Staleness.TooOld(BEGIN, Duration.ofHours(1)));
  }

  @Test
  void isStaleWhenADatabaseIsGone() throws InterruptedException {
    var plan = plan(3);
    run(plan, RunScope.WHOLE);

    sync(2);

    assertThat(checks.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
  }

  @Test
  void hasNoAgeBeforeItWasChecked() {
    var plan = plan(3);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> checks.runs().staleness(plan))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.NOT_FOUND));
  }

  private PlanCheckRun run(PlanName plan, RunScope scope) throws InterruptedException {
    return checks.runs().await(checks.runs().start(plan, scope, "ann"));
  }

  private void start(PlanName plan, RunScope scope) {
    checks.runs().start(plan, scope, "ann");
  }

  /// As a newer version of the program with another policy would see it.
  private RunService other(String rules) {
    var standard = new RunService.Standard("stricter", rules, EnvironmentOrder.BY_NAME, 2000);
    return new RunService(memory.ports(), standard, clock);
  }

  private void sync(int count) {
    var names = new HashSet<String>();
    Samples.databases("pg", count).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
  }

  private void sample(int size) {
    memory.projects().update(new Project("shop", "Shop", new Project.Settings(size)));
  }

  private PlanName plan(int databases) {
    return create(
        List.of(ChangeDatabase.migrate("change", sheet, Samples.databases("pg", databases))));
  }

  /// On the first five databases, and on the three behind them.
  private PlanName twoSpecs() {
    var all = Samples.databases("pg", 8);
    return create(
        List.of(
            ChangeDatabase.migrate("first", sheet, all.subList(0, 5)),
            ChangeDatabase.migrate("second", sheet, all.subList(5, 8))));
  }

  private PlanName create(List<Spec> specs) {
    return memory.plans().create("shop", "A plan", specs).name();
  }

  /// The same databases, under another title.
  private void edit(PlanName name, int databases) {
    var plan = memory.plans().get(name).orElseThrow();
    var spec = ChangeDatabase.migrate("change", sheet, Samples.databases("pg", databases));
    memory
        .plans()
        .update(
            new Plan(
                name,
                plan.title() + "!",
                List.of(spec),
                plan.version(),
                plan.createdAt(),
                plan.updatedAt()));
  }

  private boolean isChosen(PlanName plan, DatabaseName name) {
    return switch (checks.runs().plan(plan)) {
      case PlannedChecks.Checks(var config) ->
          config.chosen().stream().anyMatch(target -> target.target().equals(name));
      case PlannedChecks.NotApplicable _ -> false;
      case PlannedChecks.MatchesNothing _ -> false;
    };
  }

  private Set<DatabaseName> opened() {
    var names = new TreeSet<DatabaseName>();
    Samples.databases("pg", 20).stream()
        .filter(name -> targets.opened(name) > 0)
        .forEach(names::add);
    return names;
  }

  private List<DatabaseName> openedTwice() {
    return Samples.databases("pg", 20).stream().filter(name -> targets.opened(name) > 1).toList();
  }

  private void awaitDone(PlanName plan, int done) throws InterruptedException {
    while (memory.runs().get(plan).orElseThrow().counts().done() < done) {
      Thread.sleep(10);
    }
  }

  private static Behaviour refusing() {
    return Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.REFUSED, "refused"));
  }

  private static DatabaseName name(int number) {
    return Samples.databases("pg", number + 1).getLast();
  }

  private static void assertRefused(Code code, ThrowingCallable call, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
