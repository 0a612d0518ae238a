// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.group.CompiledGroup;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import java.util.Map;
import java.util.Set;

/// What is known to exist when a plan's checks are planned: ids of instances, databases, and
/// groups. It must hold all that the plan names and that exist, and with a group every database
/// there is; more does no harm.
public record Inventory(
    Set<String> instances,
    Map<DatabaseName, Database> databases,
    Map<GroupName, CompiledGroup> groups) {
  public Inventory {
    instances = Set.copyOf(instances);
    databases = Map.copyOf(databases);
    groups = Map.copyOf(groups);
  }
}
