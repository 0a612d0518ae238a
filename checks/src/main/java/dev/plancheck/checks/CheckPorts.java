// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.legacy.LegacyUids;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Releases;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.RunQueue;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shards;

/// Every storage port, over one and the same storage.
public record CheckPorts(
    Projects projects,
    Environments environments,
    Instances instances,
    Databases databases,
    DatabaseGroups groups,
    Sheets sheets,
    Releases releases,
    ReviewPolicies policies,
    Plans plans,
    Runs runs,
    Shards shards,
    RunQueue queue,
    ConnectionLeases leases,
    LegacyUids legacyUids) {
  public CheckPorts withInstances(Instances other) {
    return new CheckPorts(
        projects,
        environments,
        other,
        databases,
        groups,
        sheets,
        releases,
        policies,
        plans,
        runs,
        shards,
        queue,
        leases,
        legacyUids);
  }

  public CheckPorts withRuns(Runs other) {
    return new CheckPorts(
        projects,
        environments,
        instances,
        databases,
        groups,
        sheets,
        releases,
        policies,
        plans,
        other,
        shards,
        queue,
        leases,
        legacyUids);
  }

  public CheckPorts withShards(Shards other) {
    return new CheckPorts(
        projects,
        environments,
        instances,
        databases,
        groups,
        sheets,
        releases,
        policies,
        plans,
        runs,
        other,
        queue,
        leases,
        legacyUids);
  }
}
