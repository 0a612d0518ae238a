// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;

/// The room of what follows from checks: the gate, and whoever passes through it.
public final class Decisions {
  private final Gate gate;

  private Decisions(Gate gate) {
    this.gate = gate;
  }

  /// `results` is the port that `checks` works on.
  public static Decisions over(
      Checks checks, Runs results, DecisionPorts ports, InstantSource clock) {
    return new Decisions(
        new Gate(
            checks.runs(), results, ports.overrides(), (_, _) -> new ApprovalState.Given(), clock));
  }

  public Gate gate() {
    return gate;
  }
}
