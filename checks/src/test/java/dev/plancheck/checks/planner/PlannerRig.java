// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.policy.PoliciesInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Plans over an inventory in memory: an instance for each environment, named like it.
final class PlannerRig {
  static final String SHEET = "a".repeat(64);

  private final Memory memory = new Memory(InstantSource.system());
  private final InventoryReader reader =
      new InventoryReader(
          memory.instances(),
          memory.databases(),
          new GroupService(memory.groups(), memory.databases()));
  private int samplingSize;

  PlannerRig() {
    memory.projects().create(Samples.project("shop"));
  }

  /// Makes `count` databases all there are in an environment.
  List<DatabaseName> databases(String environment, int count) {
    if (memory.instances().get(environment).isEmpty()) {
      memory.instances().create(Samples.instance(environment, environment));
    }
    var names = new TreeSet<String>();
    for (var number = 0; number < count; number++) {
      names.add("tenant_%03d".formatted(number));
    }
    var found = new ArrayList<DatabaseName>();
    memory.databases().sync(environment, names).forEach(database -> found.add(database.name()));
    return found;
  }

  GroupName group(String id, String expression) {
    var name = new GroupName("shop", id);
    memory.groups().create(new DatabaseGroup(name, "", expression));
    return name;
  }

  private static final PoliciesInForce POLICIES = new PoliciesInForce("shop", List.of(), "policy");

  void sample(int size) {
    samplingSize = size;
  }

  PlannedChecks plan(Spec... specs) {
    return plan(1, List.of(specs));
  }

  PlannedChecks plan(int number, List<Spec> specs) {
    var plan = new Plan(new PlanName("shop", number), "", specs, 1, Instant.EPOCH, Instant.EPOCH);
    var order =
        new EnvironmentOrder(memory.environments().list().stream().map(Environment::id).toList());
    return CheckPlanner.plan(
        plan,
        new CheckPlanner.Inputs(
            Project.Settings.DEFAULT.withSamplingSize(samplingSize),
            reader.read(plan),
            order,
            POLICIES,
            "rules"));
  }

  static ChangeDatabase change(String id, Targets targets) {
    return change(id, ChangeDatabase.Type.MIGRATE, targets, false);
  }

  static ChangeDatabase change(
      String id, ChangeDatabase.Type type, Targets targets, boolean ghost) {
    return new ChangeDatabase(id, SHEET, null, type, targets, false, ghost, new TreeMap<>());
  }

  static ChangeDatabase release(String id, Targets targets) {
    return new ChangeDatabase(
        id,
        null,
        "projects/shop/releases/1",
        ChangeDatabase.Type.MIGRATE,
        targets,
        false,
        false,
        new TreeMap<>());
  }
}
