// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.run.PlanCheckRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gate says, and of what. Whoever acts on it must act on the very same plan version and
/// attempt, and compares [Seen] under a lock.
public sealed interface GateAnswer {
  /// `run` is null where no checks apply, or there are none yet.
  record Seen(int planVersion, @Nullable PlanCheckRun run) {
    /// 0 without a run.
    public int attempt() {
      return run == null ? 0 : run.attempt();
    }
  }

  Seen seen();

  /// Why it is shut, or would be but for the override.
  List<GateReason> reasons();

  default boolean isOpen() {
    return switch (this) {
      case Open _ -> true;
      case Overridden _ -> true;
      case Blocked _ -> false;
    };
  }

  /// `approval` is the decision that completed the plan's approval; null where nobody had to
  /// decide, and for a purpose that needs no approval.
  record Open(Seen seen, @Nullable Long approval) implements GateAnswer {
    public Open(Seen seen) {
      this(seen, null);
    }

    @Override
    public List<GateReason> reasons() {
      return List.of();
    }
  }

  /// Open, as a person has taken these reasons over. `approval` is null also where the missing
  /// approval is what was taken over.
  record Overridden(
      Seen seen, List<GateReason> reasons, GateOverride override, @Nullable Long approval)
      implements GateAnswer {
    public Overridden {
      reasons = List.copyOf(reasons);
    }
  }

  record Blocked(Seen seen, List<GateReason> reasons) implements GateAnswer {
    public Blocked {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("reasons: none (expected: at least one)");
      }
    }
  }
}
