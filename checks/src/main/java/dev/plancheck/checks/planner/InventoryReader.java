// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.group.CompiledGroup;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Reads what the planner must know of a plan from where it is kept: of a plan that lists databases
/// those alone, of one that names a group all that there are.
public record InventoryReader(Instances instances, Databases databases, GroupService groups) {
  /// Throws [ApiException] FAILED_PRECONDITION for a group that does not exist.
  public Inventory read(Plan plan) {
    Set<DatabaseName> listed = new HashSet<>();
    Map<GroupName, CompiledGroup> named = new HashMap<>();
    for (var spec : plan.specs()) {
      if (spec instanceof Spec.ChangeDatabase change && change.sheet() != null) {
        switch (change.targets()) {
          case Targets.Listed(var names) -> listed.addAll(names);
          case Targets.Group(var group) -> named.computeIfAbsent(group, groups::compiled);
        }
      }
    }
    var found = named.isEmpty() ? databases.getAll(listed) : all();
    return new Inventory(registered(listed), found, named);
  }

  private Map<DatabaseName, Database> all() {
    var all = new HashMap<DatabaseName, Database>();
    databases.readAll(database -> all.put(database.name(), database));
    return all;
  }

  private Set<String> registered(Collection<DatabaseName> names) {
    Set<String> registered = new HashSet<>();
    for (var name : names) {
      if (!registered.contains(name.instance()) && instances.get(name.instance()).isPresent()) {
        registered.add(name.instance());
      }
    }
    return registered;
  }
}
