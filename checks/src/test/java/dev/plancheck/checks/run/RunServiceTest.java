// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs from the request to the stored record, over storage in memory and scripted databases.
final class RunServiceTest {
  private static final Policy POLICY = Policy.of(List.of(new SchemaEcho(1)));

  private final Memory memory = new Memory(InstantSource.system());
  private final ScriptedTargets targets = new ScriptedTargets();
  private final String sheet = memory.sheets().put("UPDATE book SET id = 1;").sha256();
  private @Nullable Checks checks;

  @BeforeEach
  void createInstance() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "production"));
    var names = new HashSet<String>();
    Samples.databases("pg", 20).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
  }

  @AfterEach
  void close() {
    targets.release();
    if (checks != null) {
      checks.close();
    }
  }

  @Test
  void storesOneRecordWithEverythingThatWasFound() throws InterruptedException {
    var plan = plan(20);

    var queued = start(plan);
    var run = runs().await(queued);

    assertThat(queued.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.verdict()).isEqualTo(Verdict.WARN);
    assertThat(run.policies().byEnvironment().values())
        .containsExactly(Governing.own(PolicyText.of("").hash()));
    assertThat(run.rulesVersion()).isEqualTo("rules-1");
    assertThat(run.counts()).isEqualTo(new RunCounts(20, 20, 20, 20, 20, 0, 0));
    assertThat(memory.runs().results(plan)).hasSize(40);
    assertThat(memory.runs().list(Runs.Query.first(10))).containsExactly(run);
  }

  @Test
  void countsExactlyWhatItStored() throws InterruptedException {
    targets.script(
        name(3), Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.REFUSED, "refused")));
    var plan = plan(20);

    var run = runs().await(start(plan));

    var counts = RunCounts.planned(20, 20).withDone(20);
    for (var result : memory.runs().results(plan)) {
      counts = counts.plus(result);
    }
    assertThat(run.counts()).isEqualTo(counts);
    assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void samplesInTheOrderThatTheEnvironmentsHaveNow() {
    memory
        .projects()
        .update(new Project("shop", "Shop", Project.Settings.DEFAULT.withSamplingSize(1)));
    memory.instances().create(Samples.instance("early", "test"));
    memory.databases().sync("early", Set.of("a"));
    var early = new DatabaseName("early", "a");
    var plan =
        create(List.of(Spec.ChangeDatabase.migrate("change", sheet, List.of(early, name(0)))));

    assertThat(chosen(plan)).containsExactly(name(0));
    memory.environments().reorder(List.of("production", "staging", "test"));
    assertThat(chosen(plan)).containsExactly(early);
  }

  private List<DatabaseName> chosen(PlanName plan) {
    return runs().plan(plan) instanceof PlannedChecks.Checks(var config)
        ? config.chosen().stream().map(CheckTarget::target).toList()
        : List.of();
  }

  @Test
  void runsAgainAsTheNextAttempt() throws InterruptedException {
    var plan = plan(2);
    var first = runs().await(start(plan));

    var second = runs().await(start(plan));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void refusesAPlanThatIsBeingChecked() {
    targets.script("pg", Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = plan(1);
    start(plan);

    assertRefused(Code.FAILED_PRECONDITION, () -> start(plan));
  }

  @Test
  void refusesWhatCannotBeChecked() {
    var nothing = create(List.of(new Spec.CreateDatabase("create", "pg", "new")));
    var nowhere = create(List.of(Spec.ChangeDatabase.migrate("change", sheet, List.of())));
    var unknown =
        create(
            List.of(
                Spec.ChangeDatabase.migrate(
                    "change", sheet, List.of(new DatabaseName("pg", "none")))));

    assertThat(runs().plan(nothing)).isEqualTo(new PlannedChecks.NotApplicable());
    assertRefused(Code.FAILED_PRECONDITION, () -> start(nothing));
    assertRefused(Code.FAILED_PRECONDITION, () -> start(nowhere));
    assertRefused(Code.FAILED_PRECONDITION, () -> start(unknown));
    assertRefused(Code.NOT_FOUND, () -> start(new PlanName("shop", 99)));
    assertThat(memory.runs().list(Runs.Query.first(10))).isEmpty();
  }

  @Test
  void cancelsWithinTwoSecondsAndKeepsWhatWasFound() throws InterruptedException {
    targets.script(name(0), hanging(Obeys.CANCEL));
    targets.script(name(1), hanging(Obeys.CLOSE));
    var plan = plan(20);
    var run = start(plan);
    awaitDone(plan, 18);

    var begun = System.nanoTime();
    var canceled = runs().cancel(plan, "bob");

    assertThat(canceled.status()).isEqualTo(RunStatus.CANCELED);
    assertThat(canceled.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(canceled.id()).isEqualTo(run.id());
    while (targets.openNow() > 0) {
      Thread.sleep(10);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }
    assertThat(memory.runs().results(plan)).hasSize(36);
    assertThat(runs().get(plan).status()).isEqualTo(RunStatus.CANCELED);
    assertThat(runs().get(plan).counts().done()).isEqualTo(18);
  }

  @Test
  void refusesToCancelWhatIsFinalOrWasNeverChecked() throws InterruptedException {
    var plan = plan(1);
    assertRefused(Code.NOT_FOUND, () -> runs().cancel(plan, "bob"));
    runs().await(start(plan));

    assertRefused(Code.FAILED_PRECONDITION, () -> runs().cancel(plan, "bob"));
  }

  @Test
  void stopsWhenAnotherProcessCanceledItsRun() throws InterruptedException {
    targets.script(name(0), hanging(Obeys.CANCEL));
    var plan = plan(3);
    start(plan);
    awaitDone(plan, 2);

    memory.runs().cancel(plan, 1, "other");

    while (targets.openNow() > 0) {
      Thread.sleep(10);
    }
    assertThat(targets.cancels()).isEqualTo(1);
  }

  @Test
  void runsAgainWhileTheCanceledAttemptIsStillLettingGo() throws InterruptedException {
    targets.script(name(0), hanging(Obeys.CLOSE));
    var plan = plan(3);
    start(plan);
    awaitDone(plan, 2);
    runs().cancel(plan, "bob");
    targets.script(name(0), Behaviour.FINE);

    var second = runs().await(start(plan));

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).isEqualTo(RunStatus.DONE);
    assertThat(second.counts().done()).isEqualTo(3);
    assertThat(memory.runs().results(plan)).hasSize(6);
  }

  @Test
  void tellsWatchersTheWholeStoryInOrder() throws InterruptedException {
    targets.script("pg", Behaviour.FINE.withDelay(Step.SNAPSHOT, Duration.ofMillis(100)));
    var plan = plan(20);
    var seen = new ConcurrentLinkedQueue<PlanCheckRun>();
    try (var _ = runs().watch(plan, seen::add)) {
      runs().await(start(plan));
      while (seen.stream().noneMatch(run -> run.status().isFinal())) {
        Thread.sleep(5);
      }
    }

    var statuses = seen.stream().map(PlanCheckRun::status).toList();
    assertThat(statuses).isSorted().endsWith(RunStatus.DONE);
    assertThat(seen).extracting(run -> run.counts().done()).isSorted();
  }

  @Test
  void tellsALateWatcherHowItIsAtOnce() throws InterruptedException {
    var plan = plan(1);
    var run = runs().await(start(plan));
    var seen = new LinkedBlockingQueue<PlanCheckRun>();

    runs().watch(plan, seen::add).close();

    assertThat(seen.poll(1, TimeUnit.SECONDS)).isEqualTo(run);
  }

  @Test
  void worksOnMoreRunsThanItHasTurnsFor() throws InterruptedException {
    var queued = new ArrayList<PlanCheckRun>();
    for (var count = 0; count < 12; count++) {
      queued.add(start(plan(5)));
    }

    for (var run : queued) {
      assertThat(runs().await(run).status()).isEqualTo(RunStatus.DONE);
    }
    assertThat(targets.mostOpen("pg")).isLessThanOrEqualTo(8);
  }

  @Test
  void endsRunsAsFailedWhenTheProcessStops() throws InterruptedException {
    targets.script(name(0), hanging(Obeys.CANCEL));
    var plan = plan(5);
    start(plan);
    awaitDone(plan, 4);

    close();

    var run = memory.runs().get(plan).orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(run.error()).isEqualTo("the program was stopped during the checks; run them again");
    assertThat(memory.runs().results(plan)).hasSize(8);
  }

  @Test
  void insistsOnStoringWhatARunFoundAndHowItEnded() throws InterruptedException {
    var ports = memory.ports();
    checks = start(ports.withShards(new ShakyShards(ports.shards())));
    var plan = plan(1);

    var run = checks.runs().await(checks.runs().start(plan, RunScope.WHOLE, "ann"));

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(memory.runs().results(plan)).hasSize(2);
  }

  @Test
  void failsTheRunWhenASheetIsMissing() throws InterruptedException {
    var missing = "0".repeat(64);
    var plan = create(List.of(Spec.ChangeDatabase.migrate("change", missing, List.of(name(0)))));

    var run = runs().await(start(plan));

    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.error())
        .isEqualTo("the sheet %s of spec change is not stored".formatted(missing));
  }

  private static Behaviour hanging(Obeys obeys) {
    return Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(obeys));
  }

  private PlanCheckRun start(PlanName plan) {
    return runs().start(plan, RunScope.WHOLE, "ann");
  }

  private void awaitDone(PlanName plan, int done) throws InterruptedException {
    while (memory.runs().get(plan).orElseThrow().counts().done() < done) {
      Thread.sleep(10);
    }
  }

  private RunService runs() {
    if (checks == null) {
      checks = start(memory.ports());
    }
    return checks.runs();
  }

  private Checks start(CheckPorts ports) {
    return Checks.start(
        ports,
        targets,
        new Checks.Setup(
            OwnPolicy.only(new PolicyTerms(POLICY)), "rules-1", RunSettings.DEFAULT, null),
        List.of(),
        InstantSource.system());
  }

  private PlanName plan(int databases) {
    return create(
        List.of(Spec.ChangeDatabase.migrate("change", sheet, Samples.databases("pg", databases))));
  }

  private PlanName create(List<Spec> specs) {
    return memory.plans().create("shop", "A plan", specs, "ann").name();
  }

  private static DatabaseName name(int number) {
    return Samples.databases("pg", number + 1).getLast();
  }

  private static void assertRefused(Code code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  /// The time of a record is that of its storage.
  @Test
  void stampsItsTimes() throws InterruptedException {
    var before = Instant.now();
    var run = runs().await(start(plan(1)));

    assertThat(run.times().startedAt()).isAfterOrEqualTo(before);
    assertThat(run.times().finishedAt()).isAfterOrEqualTo(run.times().startedAt());
    assertThat(run.times().oldestResultAt()).isEqualTo(run.times().startedAt());
  }
}
