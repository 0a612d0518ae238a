// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import dev.plancheck.checks.approval.ApprovalPolicies;
import dev.plancheck.checks.approval.ApprovalRecords;
import dev.plancheck.checks.gate.GateOverrides;
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
import dev.plancheck.checks.rollout.RolloutPorts;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shards;

/// All storage ports over one and the same, at first empty, storage. `settle` does at once what the
/// storage does in the background: it folds what is due.
public record StoragePorts(
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
    GateOverrides overrides,
    ApprovalPolicies approvalPolicies,
    ApprovalRecords approvals,
    RolloutPorts rollouts,
    LegacyUids legacyUids,
    Runnable settle) {}
