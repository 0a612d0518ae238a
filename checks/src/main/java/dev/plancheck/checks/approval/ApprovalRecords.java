// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import java.util.List;
import java.util.Optional;

/// The port to where decisions about plans are kept, which are only ever added to, and the last
/// assessment of each plan.
public interface ApprovalRecords {
  /// Stores a decision with an id and the storage's time. `after` is the id of the plan's last
  /// decision that was known, 0 for none. Throws [ApiException]: NOT_FOUND for an unknown plan,
  /// ABORTED unless the plan still has the version, its run the attempt and the plan the last
  /// decision that the decision was made for.
  ApprovalDecision add(ApprovalDecision decision, long after);

  /// Oldest first.
  List<ApprovalDecision> list(PlanName plan);

  /// The assessment that was kept last, if it was kept under this very key.
  Optional<Assessment> assessment(PlanName plan, String key);

  /// Keeps the assessment in place of the one before. Throws [ApiException] NOT_FOUND for an
  /// unknown plan.
  void keep(PlanName plan, String key, Assessment assessment);

  /// The refusal of a decision when somebody was faster.
  static ApiException overtaken(PlanName plan) {
    return ApiException.aborted(
        "somebody else decided about %s meanwhile (expected: the decisions that you read; read the approval again)"
            .formatted(plan));
  }
}
