// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.Checks;
import dev.plancheck.checks.Decisions;
import dev.plancheck.checks.Delivery;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.declarative.ScriptedDifferences;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Everything that rolls out, over storage in memory and databases that only tests know: three in
/// `staging`, three in `production`.
final class RolloutRig implements AutoCloseable {
  private static final Duration SOON = Duration.ofMillis(10);

  private volatile Duration ahead = Duration.ZERO;

  /// It goes on by itself.
  private final InstantSource clock = () -> Instant.now().plus(ahead);

  final Memory memory = new Memory(clock);
  final ScriptedTargets targets = new ScriptedTargets();
  final ScriptedDifferences differences = new ScriptedDifferences();
  final ScriptedChanger changer = new ScriptedChanger();
  final Checks checks;
  final Decisions decisions;
  private final Delivery delivery;

  RolloutRig(Project.Settings settings) {
    this(settings, RolloutSettings.DEFAULT.withPauses(SOON, Duration.ofHours(1)));
  }

  RolloutRig(Project.Settings settings, RolloutSettings rollouts) {
    memory.projects().create(new Project("shop", "Shop", settings));
    for (var environment : List.of("staging", "production")) {
      if (memory.environments().get(environment).isEmpty()) {
        memory.environments().create(new Environment(environment, environment));
      }
      memory.instances().create(Samples.instance(environment, environment));
      var names = new HashSet<String>();
      Samples.databases(environment, 3).forEach(name -> names.add(name.database()));
      memory.databases().sync(environment, names);
    }
    checks =
        Checks.start(
            memory.ports(),
            targets,
            new Checks.Setup(
                OwnPolicy.only(new PolicyTerms(Policy.of(List.of()))),
                "rules-1",
                RunSettings.DEFAULT,
                null,
                differences),
            List.of(),
            clock);
    var ports = memory.decisionPorts();
    decisions = Decisions.over(checks, memory.runs(), ports, clock);
    delivery =
        Delivery.start(
            memory.ports(),
            checks,
            decisions.gate(),
            ports,
            new Delivery.Setup(changer, rollouts.withLook(SOON)));
  }

  RolloutService service() {
    return delivery.rollouts();
  }

  Rollouts rollouts() {
    return memory.decisionPorts().rollouts().rollouts();
  }

  static DatabaseName staging(int number) {
    return new DatabaseName("staging", "tenant_%03d".formatted(number));
  }

  static DatabaseName production(int number) {
    return new DatabaseName("production", "tenant_%03d".formatted(number));
  }

  /// One migration of these databases.
  PlanName plan(DatabaseName... databases) {
    return plan(List.of(migrate("change", "UPDATE book SET id = 1;", databases)));
  }

  PlanName plan(List<Spec> specs) {
    return memory.plans().create("shop", "A plan", specs, "users/ann").name();
  }

  Spec migrate(String id, String sql, DatabaseName... databases) {
    return Spec.ChangeDatabase.migrate(id, memory.sheets().put(sql).sha256(), List.of(databases));
  }

  /// One spec whose sheet is a wanted schema.
  PlanName wanting(String schema, DatabaseName... databases) {
    return plan(
        List.of(
            new Spec.ChangeDatabase(
                "change",
                memory.sheets().put("shop", schema).sha256(),
                null,
                Spec.ChangeDatabase.Type.SDL,
                Targets.of(List.of(databases)),
                false,
                false,
                new TreeMap<>())));
  }

  /// A plan that was checked.
  PlanName checked(DatabaseName... databases) throws InterruptedException {
    var plan = plan(databases);
    check(plan);
    return plan;
  }

  PlanCheckRun check(PlanName plan) throws InterruptedException {
    return checks.runs().await(checks.runs().start(plan, RunScope.WHOLE, "users/ann"));
  }

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  Rollout create(PlanName plan, RolloutOptions options) {
    return service().create(plan, options, "users/ann");
  }

  List<TaskState> states(PlanName plan) {
    return tasks(plan).stream().map(Task::state).toList();
  }

  List<Task> tasks(PlanName plan) {
    return rollouts().tasks(service().get(plan).id(), TaskQuery.first(100));
  }

  /// Waits until it holds.
  void await(BooleanSupplier holds) throws InterruptedException {
    for (var tries = 0; tries < 1000 && !holds.getAsBoolean(); tries++) {
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  void awaitStates(PlanName plan, TaskState... wanted) throws InterruptedException {
    for (var tries = 0; tries < 1000 && !states(plan).equals(List.of(wanted)); tries++) {
      Thread.sleep(10);
    }
    assertThat(states(plan)).containsExactly(wanted);
  }

  @Override
  public void close() {
    targets.release();
    delivery.close();
    checks.close();
  }
}
