// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;

/// Exactly what somebody decided about.
///
/// `attempt` is 0 for a plan without checks. `targetsHash` is that of all databases that the checks
/// reached or could have; `policyHash` that of the approval policy, `reviewPolicyHash` that of the
/// rules of the checks. `roles` are those that had to approve.
public record ApprovalBinding(
    int planVersion,
    int attempt,
    List<ApprovedSpec> specs,
    String targetsHash,
    String policyHash,
    String reviewPolicyHash,
    String findingsDigest,
    String factsDigest,
    Risk risk,
    List<String> roles) {
  public ApprovalBinding {
    specs = List.copyOf(specs);
    roles = List.copyOf(roles);
  }

  /// Whether the same is done to the same databases.
  boolean hasContentOf(ApprovalBinding other) {
    return specs.equals(other.specs) && targetsHash.equals(other.targetsHash);
  }
}
