// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.plan.PlanName;
import java.util.Collection;

/// Asks whether what the gate has seen is approved.
public interface ApprovalQuestion {
  ApprovalState state(PlanName plan, GateAnswer.Seen seen);

  /// Asks it of changes of a rollout under way, whatever databases the plan would match by now.
  default ApprovalState state(PlanName plan, GateAnswer.Seen seen, Collection<GateTask> underWay) {
    return state(plan, seen);
  }
}
