// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.Checks;
import dev.plancheck.checks.DecisionPorts;
import dev.plancheck.checks.Decisions;
import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.declarative.ScriptedDifferences;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A plan of scripted databases by ann, real runs of it, and a project whose MODERATE plans a DBA
/// and an OWNER approve.
final class ApprovalRig implements AutoCloseable {
  static final Person ANN = new Person("users/ann", Set.of("DBA", "OWNER"));
  static final Person KIM = new Person("users/kim", Set.of("DBA"));
  static final Person LEE = new Person("users/lee", Set.of("OWNER"));
  static final Person MAX = new Person("users/max", Set.of("DBA", "OWNER"));

  /// Above 1000 rows a change is HIGH.
  static final ApprovalPolicy POLICY =
      new ApprovalPolicy(
          List.of(new RiskRule("many rows", "statement.affected_rows > 1000", Risk.HIGH)),
          ApprovalTemplate.NOBODY,
          new ApprovalTemplate("Two", List.of("DBA", "OWNER")),
          new ApprovalTemplate("One", List.of("DBA")));

  record Person(String user, Set<String> roles) implements Decider {
    @Override
    public boolean hasRole(String role) {
      return roles.contains(role);
    }
  }

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T12:00:00Z"));
  final Memory memory = new Memory(clock);
  final ScriptedTargets targets = new ScriptedTargets();
  final ScriptedDifferences differences = new ScriptedDifferences();
  final AtomicInteger assessed = new AtomicInteger();
  final Decisions decisions;
  private final Checks checks;

  ApprovalRig() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "production"));
    var names = new HashSet<String>();
    Samples.databases("pg", 20).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
    checks =
        Checks.start(
            memory.ports(),
            targets,
            new Checks.Setup(
                OwnPolicy.only(new PolicyTerms(Policy.of(List.of(new SchemaRule())))),
                "rules-1",
                RunSettings.DEFAULT,
                null,
                differences),
            List.of(),
            clock);
    var ports = memory.decisionPorts();
    decisions =
        Decisions.over(
            checks,
            memory.runs(),
            new DecisionPorts(
                ports.overrides(),
                ports.approvalPolicies(),
                new CountedApprovals(ports.approvals(), assessed),
                ports.rollouts(),
                ports.notices()),
            clock);
    var _ =
        decisions
            .approvalPolicies()
            .replace("shop", ApprovalPolicy.NONE.hash(), POLICY, "users/admin");
  }

  @Override
  public void close() {
    targets.release();
    checks.close();
  }

  PlanName plan(String sql) {
    return create(spec(sql, 3));
  }

  PlanName create(Spec spec) {
    return memory.plans().create("shop", "A plan", List.of(spec), ANN.user()).name();
  }

  Spec spec(String sql, int databases) {
    var sheet = memory.sheets().put(sql).sha256();
    return Spec.ChangeDatabase.migrate("change", sheet, Samples.databases("pg", databases));
  }

  PlanName checked(String sql) throws InterruptedException {
    var plan = plan(sql);
    check(plan);
    return plan;
  }

  void check(PlanName plan) throws InterruptedException {
    PlanCheckRun started = checks.runs().start(plan, RunScope.WHOLE, "users/ann");
    var _ = checks.runs().await(started);
  }

  void start(PlanName plan) {
    var _ = checks.runs().start(plan, RunScope.WHOLE, "users/ann");
  }

  void edit(PlanName name, String title, Spec spec, Person by) {
    var plan = memory.plans().get(name).orElseThrow();
    var _ =
        memory
            .plans()
            .update(
                new Plan(
                    name, title, List.of(spec), plan.version(), plan.createdAt(), plan.updatedAt()),
                by.user());
  }

  void settings(Project.Settings settings) {
    memory.projects().update(new Project("shop", "Shop", settings));
  }

  void script(Behaviour behaviour) {
    targets.script("pg", behaviour);
  }

  Approval approval(PlanName plan) {
    return decisions.approvals().get(plan);
  }

  ApprovalRequest read(PlanName plan, String comment) {
    var approval = approval(plan);
    return new ApprovalRequest(
        approval.planVersion(), approval.attempt(), approval.digest(), comment);
  }

  Approval approve(PlanName plan, Person by) {
    return decisions.approvals().approve(plan, read(plan, ""), by);
  }

  void approveAll(PlanName plan) {
    approve(plan, KIM);
    approve(plan, LEE);
  }

  boolean mayBeRolledOut(PlanName plan) {
    return decisions.gate().evaluate(plan, Purpose.ROLLOUT).isOpen();
  }
}
