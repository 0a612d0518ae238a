// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.DecisionPorts;
import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.legacy.LegacyUids;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Releases;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.rollout.RolloutPorts;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shards;
import java.time.InstantSource;

/// Every storage port in the memory of this process, for `check` without a server and for tests.
/// Nothing outlives the object.
public final class Memory {
  private final MemoryProjects projects = new MemoryProjects();
  private final MemoryInstances instances = new MemoryInstances();
  private final MemorySheets sheets = new MemorySheets(projects);
  private final MemoryGroups groups = new MemoryGroups(projects);
  private final MemoryReleases releases;
  private final MemoryReviewPolicies policies;
  private final MemoryPlans plans;
  private final MemoryRuns runs;
  private final MemoryQueue queue;
  private final MemoryLeases leases;
  private final MemoryGateOverrides overrides;
  private final MemoryAccess access;
  private final MemoryApprovals approvals;
  private final RolloutPorts rollouts;
  private final MemoryNotices notices;
  private final MemoryLegacyUids legacyUids;

  public Memory(InstantSource clock) {
    this.releases = new MemoryReleases(projects, clock);
    this.policies = new MemoryReviewPolicies(projects, instances, clock);
    this.plans = new MemoryPlans(projects, clock);
    this.runs = new MemoryRuns(plans, clock);
    this.queue = new MemoryQueue(runs::shards);
    this.leases = new MemoryLeases(clock);
    this.overrides = new MemoryGateOverrides(plans, runs, clock);
    this.access = new MemoryAccess(projects, clock);
    this.approvals = new MemoryApprovals(projects, plans, runs, clock);
    var kept = new MemoryRollouts(plans, runs, clock);
    this.rollouts =
        new RolloutPorts(kept, new MemoryRolloutTasks(kept), new MemoryRolloutQueue(kept::turns));
    this.notices = new MemoryNotices(projects, clock);
    this.legacyUids = new MemoryLegacyUids(plans);
  }

  public CheckPorts ports() {
    return new CheckPorts(
        projects,
        instances.environments(),
        instances,
        instances,
        groups,
        sheets,
        releases,
        policies,
        plans,
        runs,
        runs,
        queue,
        leases,
        legacyUids);
  }

  public DecisionPorts decisionPorts() {
    return new DecisionPorts(overrides, approvals, approvals, rollouts, notices);
  }

  public AccessPorts access() {
    return new AccessPorts(access, access);
  }

  /// Nobody tells them of the end of a run: that is for storage that outlives the process.
  public NoticePorts notices() {
    return new NoticePorts(notices, notices, notices);
  }

  public Projects projects() {
    return projects;
  }

  public Environments environments() {
    return instances.environments();
  }

  public Instances instances() {
    return instances;
  }

  public Databases databases() {
    return instances;
  }

  public DatabaseGroups groups() {
    return groups;
  }

  public Sheets sheets() {
    return sheets;
  }

  public Releases releases() {
    return releases;
  }

  public ReviewPolicies policies() {
    return policies;
  }

  public Plans plans() {
    return plans;
  }

  public Runs runs() {
    return runs;
  }

  public Shards shards() {
    return runs;
  }

  public LegacyUids legacyUids() {
    return legacyUids;
  }
}
