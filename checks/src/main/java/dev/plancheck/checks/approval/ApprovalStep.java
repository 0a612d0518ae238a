// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the roles that have to approve, and who did for it; null as long as nobody has.
public record ApprovalStep(String role, @Nullable ApprovalDecision decision) {
  /// The id of the decision that completed these steps, since ids grow; null while one is missing,
  /// and without steps.
  static @Nullable Long last(List<ApprovalStep> steps) {
    Long last = null;
    for (var step : steps) {
      if (step.decision == null) {
        return null;
      }
      last = last == null ? step.decision.id() : Long.valueOf(Math.max(last, step.decision.id()));
    }
    return last;
  }
}
