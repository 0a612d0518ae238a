// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Plans whose checks a test makes by hand, target by target, and what old clients see of them.
final class LegacyRig {
  static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  final SettableClock clock = new SettableClock(BEGIN);
  final Memory memory = new Memory(clock);
  final RunService runs =
      new RunService(
          memory.ports(), new RunService.Standard("policy-hash", "rules-1", 1_000), clock);
  final LegacyRunService service = new LegacyRunService(memory.ports(), runs);
  final Gate gate =
      new Gate(
          runs,
          memory.runs(),
          memory.decisionPorts().overrides(),
          (_, _) -> new ApprovalState.Given(),
          clock);

  LegacyRig() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.instances().create(Samples.instance("pg", "production"));
    sync(10);
  }

  void sync(int databases) {
    var names = new HashSet<String>();
    Samples.databases("pg", databases).forEach(name -> names.add(name.database()));
    memory.databases().sync("pg", names);
  }

  void settings(UnaryOperator<Project.Settings> change) {
    var project = memory.projects().get("shop").orElseThrow();
    memory.projects().update(new Project("shop", "Shop", change.apply(project.settings())));
  }

  PlanName plan(int databases) {
    return plan(change("change", "SELECT 1;", databases));
  }

  PlanName plan(Spec... specs) {
    return memory.plans().create("shop", "A plan", List.of(specs), "users/ann").name();
  }

  Spec change(String id, String sql, int databases) {
    return Spec.ChangeDatabase.migrate(
        id, memory.sheets().put(sql).sha256(), Samples.databases("pg", databases));
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
            "users/ann");
  }

  PlanCheckRun queued(PlanName plan) {
    if (runs.plan(plan) instanceof PlannedChecks.Checks(var config)) {
      return memory.runs().enqueue(plan, RunOrder.whole(config, 1_000, "users/ann"));
    }
    throw new AssertionError("there is nothing to check in " + plan);
  }

  Claim running(PlanName plan) {
    var run = queued(plan);
    return memory.shards().claim(new ShardKey(run.id(), run.attempt(), 0)).orElseThrow();
  }

  PlanCheckRunConfig config(PlanName plan) {
    return memory.runs().config(plan).orElseThrow();
  }

  /// Every check of the target ends with one result of that status; null is not performed.
  void answer(Claim claim, int place, @Nullable Status status) {
    var target = config(claim.plan()).toCheck().get(place);
    answer(
        claim, place, target.types().stream().map(type -> result(target, type, status)).toList());
  }

  void answer(Claim claim, int place, List<Result> results) {
    if (!memory.shards().append(claim, List.of(new CheckedTarget(place, results)))) {
      throw new AssertionError("nobody waits for place " + place);
    }
  }

  private static Result result(CheckTarget target, CheckType type, @Nullable Status status) {
    return status == null
        ? Result.notPerformed(target, type, "%s is away".formatted(target.target().database()))
        : Result.performed(
            target, type, new Finding("a.rule", status, "Title", "of it", null), null);
  }

  /// A whole attempt; the n-th status is that of the n-th target.
  void done(PlanName plan, @Nullable Status... statuses) {
    var claim = running(plan);
    for (var place = 0; place < statuses.length; place++) {
      answer(claim, place, statuses[place]);
    }
    if (!memory.shards().complete(claim)) {
      throw new AssertionError("the run is over");
    }
  }

  List<LegacyRun> all(PlanName plan) {
    return service.all(plan, LegacyFilter.ALL);
  }
}
