// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import java.util.Map;
import java.util.Set;

/// What is known to exist when a plan's checks are planned: ids of instances, and databases. It
/// must hold all that the plan names and that exist; more does no harm.
public record Inventory(Set<String> instances, Map<DatabaseName, Database> databases) {
  public Inventory {
    instances = Set.copyOf(instances);
    databases = Map.copyOf(databases);
  }
}
