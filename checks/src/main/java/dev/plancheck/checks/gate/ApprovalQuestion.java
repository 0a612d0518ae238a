// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.plan.PlanName;

/// Asks whether what the gate has seen is approved.
public interface ApprovalQuestion {
  ApprovalState state(PlanName plan, GateAnswer.Seen seen);
}
