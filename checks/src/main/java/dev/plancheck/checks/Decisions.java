// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;

/// The room of what follows from checks: the gate, and whoever passes through it.
public final class Decisions {
  private final Gate gate;

  private Decisions(Gate gate) {
    this.gate = gate;
  }

  public static Decisions over(Checks checks, DecisionPorts ports) {
    return new Decisions(
        new Gate(checks.runs(), ports.overrides(), (_, _) -> new ApprovalState.Given()));
  }

  public Gate gate() {
    return gate;
  }
}
