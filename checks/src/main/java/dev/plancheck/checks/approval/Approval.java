// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.plan.PlanName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the approval of a plan stands.
///
/// `attempt` is 0 for a plan without checks, or while there is nothing to decide. `words` are for
/// people: `waits for role DBA (step 1 of 2)`. `assessment` is null while it is not made, or not
/// needed. `decisions` are all that were ever made, oldest first. Whoever decides names `digest`,
/// by which they say what they have read; it is empty while there is nothing to decide.
public record Approval(
    PlanName plan,
    int planVersion,
    int attempt,
    State state,
    String words,
    @Nullable Assessment assessment,
    ApprovalTemplate template,
    List<ApprovalStep> steps,
    List<ApprovalDecision> decisions,
    String digest) {
  public enum State {
    /// Nobody has to approve.
    NOT_NEEDED,
    /// There is nothing to decide on yet: the checks are not made.
    NOT_READY,
    WAITING,
    APPROVED,
    REJECTED
  }

  public Approval {
    steps = List.copyOf(steps);
    decisions = List.copyOf(decisions);
  }

  /// The decision that was the last to be needed; null while there is none, and where nobody has to
  /// decide.
  public @Nullable Long completedBy() {
    return ApprovalStep.last(steps);
  }

  /// Whether the plan may go as far as its approval is concerned.
  public boolean isGiven() {
    return switch (state) {
      case NOT_NEEDED, APPROVED -> true;
      case NOT_READY, WAITING, REJECTED -> false;
    };
  }
}
