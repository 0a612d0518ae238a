// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;

/// What somebody said about a plan. `step` counts from 1, and `role` is what it asked for; 0 and
/// empty for a request. `actor` is the user's name; `comment` may be empty but for a rejection.
public record ApprovalDecision(
    long id,
    PlanName plan,
    Kind kind,
    int step,
    String role,
    String actor,
    String comment,
    ApprovalBinding binding,
    Instant at) {
  public enum Kind {
    APPROVED,
    REJECTED,
    /// After a rejection: everybody is asked again.
    REQUESTED
  }
}
