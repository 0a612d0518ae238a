// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.engine.schema.Fingerprint;
import java.util.List;

/// A project's answer to who approves what. Of the rules the first that fits a change in a database
/// gives its risk; a plan has the highest risk of all that it does.
public record ApprovalPolicy(
    List<RiskRule> rules, ApprovalTemplate low, ApprovalTemplate moderate, ApprovalTemplate high) {
  /// Of a project that asks for no approvals.
  public static final ApprovalPolicy NONE =
      new ApprovalPolicy(
          List.of(), ApprovalTemplate.NOBODY, ApprovalTemplate.NOBODY, ApprovalTemplate.NOBODY);

  public ApprovalPolicy {
    rules = List.copyOf(rules);
  }

  public ApprovalTemplate template(Risk risk) {
    return switch (risk) {
      case LOW -> low;
      case MODERATE -> moderate;
      case HIGH -> high;
    };
  }

  /// Whether nobody has to approve, whatever the risk.
  public boolean asksNobody() {
    return low.roles().isEmpty() && moderate.roles().isEmpty() && high.roles().isEmpty();
  }

  /// Equal policies have equal hashes, and others have others.
  public String hash() {
    return Fingerprint.ofRecord(this);
  }
}
