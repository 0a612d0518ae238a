// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.approval.ApprovalPolicyService;
import dev.plancheck.checks.approval.ApprovalService;
import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;

/// The room of what follows from checks: the gate, and whoever passes through it.
public final class Decisions {
  private final Gate gate;
  private final ApprovalPolicyService approvalPolicies;
  private final ApprovalService approvals;

  private Decisions(Gate gate, ApprovalPolicyService approvalPolicies, ApprovalService approvals) {
    this.gate = gate;
    this.approvalPolicies = approvalPolicies;
    this.approvals = approvals;
  }

  /// `results` is the port that `checks` works on.
  public static Decisions over(
      Checks checks, Runs results, DecisionPorts ports, InstantSource clock) {
    // Before anybody can approve, the gate is asked for that purpose, which needs no approval.
    var before =
        new Gate(
            checks.runs(), results, ports.overrides(), (_, _) -> new ApprovalState.Given(), clock);
    var policies = new ApprovalPolicyService(ports.approvalPolicies());
    var approvals =
        new ApprovalService(
            checks.ports(), policies, ports.approvals(), checks.runs(), before, ports.notices());
    var gate = new Gate(checks.runs(), results, ports.overrides(), approvals, clock);
    return new Decisions(gate, policies, approvals);
  }

  public Gate gate() {
    return gate;
  }

  public ApprovalPolicyService approvalPolicies() {
    return approvalPolicies;
  }

  public ApprovalService approvals() {
    return approvals;
  }
}
