// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.approval.ApprovalPolicies;
import dev.plancheck.checks.approval.ApprovalRecords;
import dev.plancheck.checks.gate.GateOverrides;
import dev.plancheck.checks.notice.Notices;
import dev.plancheck.checks.rollout.RolloutPorts;

/// Where it is kept what people decided about plans, and who is told of what comes of it.
public record DecisionPorts(
    GateOverrides overrides,
    ApprovalPolicies approvalPolicies,
    ApprovalRecords approvals,
    RolloutPorts rollouts,
    Notices notices) {}
