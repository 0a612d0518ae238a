// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

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
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.SpecTarget;
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
import java.util.function.UnaryOperator;

/// A gate over real runs of scripted databases, with storage in memory.
final class GateRig implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  final SettableClock clock = new SettableClock(BEGIN);
  final Memory memory = new Memory(clock);
  final ScriptedTargets targets = new ScriptedTargets();
  private final Checks checks;
  ApprovalState approval = new ApprovalState.Given();

  GateRig() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "production"));
    sync(10);
    checks =
        Checks.start(
            memory.ports(),
            targets,
            new Checks.Setup(
                OwnPolicy.only(new PolicyTerms(Policy.of(List.of(new NothingDeleted())))),
                "rules-1",
                RunSettings.DEFAULT,
                null),
            List.of(),
            clock);
  }

  Gate gate() {
    return gate(checks.runs());
  }

  /// As a version of the program with other rules sees it.
  Gate gateOf(String policy, String rules) {
    var standard = new RunService.Standard(policy, rules, 2000);
    return gate(new RunService(memory.ports(), standard, clock));
  }

  private Gate gate(RunService runs) {
    return new Gate(
        runs, memory.runs(), memory.decisionPorts().overrides(), (_, _) -> approval, clock);
  }

  RunService runs() {
    return checks.runs();
  }

  PlanName plan(int databases) {
    return plan(migration("UPDATE book SET id = 1;", databases));
  }

  PlanName plan(Spec... specs) {
    return memory.plans().create("shop", "A plan", List.of(specs), "ann").name();
  }

  ChangeDatabase migration(String sql, int databases) {
    return ChangeDatabase.migrate(
        "change", memory.sheets().put(sql).sha256(), Samples.databases("pg", databases));
  }

  void edit(PlanName name, Spec spec) {
    var plan = memory.plans().get(name).orElseThrow();
    memory
        .plans()
        .update(
            new Plan(
                name,
                plan.title(),
                List.of(spec),
                plan.version(),
                plan.createdAt(),
                plan.updatedAt()),
            "ann");
  }

  PlanCheckRun check(PlanName plan) throws InterruptedException {
    return runs().await(runs().start(plan, RunScope.WHOLE, "ann"));
  }

  void settings(UnaryOperator<Project.Settings> change) {
    var project = memory.projects().get("shop").orElseThrow();
    memory.projects().update(new Project("shop", "Shop", change.apply(project.settings())));
  }

  void sync(int count) {
    var names = new HashSet<String>();
    Samples.databases("pg", count).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
  }

  GateTask task(PlanName plan, int number) {
    var config = memory.runs().config(plan).orElseThrow();
    var target = config.targets().get(number);
    return new GateTask(SpecTarget.of(target), target.sheet());
  }

  static DatabaseName database(int number) {
    return Samples.databases("pg", number + 1).getLast();
  }

  static Behaviour refusing() {
    return Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(Kind.REFUSED, "refused"));
  }

  static Behaviour hanging() {
    return Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Behaviour.Obeys.CANCEL));
  }

  @Override
  public void close() {
    targets.release();
    checks.close();
  }
}
