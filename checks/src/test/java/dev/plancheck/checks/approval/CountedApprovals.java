// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.plan.PlanName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts how often an assessment was made.
record CountedApprovals(ApprovalRecords records, AtomicInteger kept) implements ApprovalRecords {
  @Override
  public ApprovalDecision add(ApprovalDecision decision, long after) {
    return records.add(decision, after);
  }

  @Override
  public List<ApprovalDecision> list(PlanName plan) {
    return records.list(plan);
  }

  @Override
  public Optional<Assessment> assessment(PlanName plan, String key) {
    return records.assessment(plan, key);
  }

  @Override
  public void keep(PlanName plan, String key, Assessment assessment) {
    kept.incrementAndGet();
    records.keep(plan, key, assessment);
  }
}
