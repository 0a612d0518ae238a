// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

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
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A plan of scripted databases, over storage in memory whose clock stands still, to be checked
/// more than once.
final class RerunRig implements AutoCloseable {
  private static final Policy POLICY = Policy.of(List.of(new SchemaEcho(1)));
  static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  final SettableClock clock = new SettableClock(BEGIN);
  final Memory memory = new Memory(clock);
  final ScriptedTargets targets = new ScriptedTargets();
  final UnfoldedRuns stored = new UnfoldedRuns(memory.runs());
  final String sheet = memory.sheets().put("UPDATE book SET id = 1;").sha256();
  private final Checks checks;

  RerunRig() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "production"));
    sync(20);
    var ports = memory.ports();
    checks =
        Checks.start(
            ports.withRuns(stored),
            targets,
            new Checks.Setup(
                OwnPolicy.only(new PolicyTerms(POLICY)),
                "rules-1",
                RunSettings.DEFAULT.withTargetsOfShard(7),
                null),
            List.of(),
            clock);
  }

  @Override
  public void close() {
    targets.release();
    checks.close();
  }

  RunService runs() {
    return checks.runs();
  }

  PlanCheckRun run(PlanName plan, RunScope scope) throws InterruptedException {
    return runs().await(runs().start(plan, scope, "ann"));
  }

  void start(PlanName plan, RunScope scope) {
    runs().start(plan, scope, "ann");
  }

  /// As a newer version of the program with another policy would see it.
  RunService other(String rules) {
    var standard = new RunService.Standard("stricter", rules, 2000);
    return new RunService(memory.ports(), standard, clock);
  }

  void sync(int count) {
    var names = new HashSet<String>();
    Samples.databases("pg", count).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
  }

  void sample(int size) {
    memory
        .projects()
        .update(new Project("shop", "Shop", Project.Settings.DEFAULT.withSamplingSize(size)));
  }

  PlanName plan(int databases) {
    return create(
        List.of(ChangeDatabase.migrate("change", sheet, Samples.databases("pg", databases))));
  }

  /// On the first five databases, and on the three behind them.
  PlanName twoSpecs() {
    var all = Samples.databases("pg", 8);
    return create(
        List.of(
            ChangeDatabase.migrate("first", sheet, all.subList(0, 5)),
            ChangeDatabase.migrate("second", sheet, all.subList(5, 8))));
  }

  PlanName create(List<Spec> specs) {
    return memory.plans().create("shop", "A plan", specs, "ann").name();
  }

  /// The same databases, under another title.
  void edit(PlanName name, int databases) {
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
                plan.updatedAt()),
            "ann");
  }

  boolean isChosen(PlanName plan, DatabaseName name) {
    return switch (runs().plan(plan)) {
      case PlannedChecks.Checks(var config) ->
          config.chosen().stream().anyMatch(target -> target.target().equals(name));
      case PlannedChecks.NotApplicable _ -> false;
      case PlannedChecks.MatchesNothing _ -> false;
    };
  }

  Set<DatabaseName> opened() {
    var names = new TreeSet<DatabaseName>();
    Samples.databases("pg", 20).stream()
        .filter(name -> targets.opened(name) > 0)
        .forEach(names::add);
    return names;
  }

  List<DatabaseName> openedTwice() {
    return Samples.databases("pg", 20).stream().filter(name -> targets.opened(name) > 1).toList();
  }

  void awaitDone(PlanName plan, int done) throws InterruptedException {
    while (memory.runs().get(plan).orElseThrow().counts().done() < done) {
      Thread.sleep(10);
    }
  }

  static Behaviour refusing() {
    return Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.REFUSED, "refused"));
  }

  static DatabaseName name(int number) {
    return Samples.databases("pg", number + 1).getLast();
  }
}
