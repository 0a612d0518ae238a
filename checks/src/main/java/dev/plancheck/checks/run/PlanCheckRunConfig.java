// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.policy.AppliedPolicies;
import java.util.List;

/// Exactly what a run checks: every matched target in plan order, and what the answer depends on.
public record PlanCheckRunConfig(
    List<CheckTarget> targets,
    int planVersion,
    AppliedPolicies policies,
    String rulesVersion,
    String membershipHash) {
  public PlanCheckRunConfig {
    targets = List.copyOf(targets);
  }

  public String policyHash() {
    return policies.hash();
  }

  public List<CheckTarget> chosen() {
    return targets.stream().filter(target -> !target.sampledOut()).toList();
  }

  /// The chosen targets that do not keep their results.
  public List<CheckTarget> toCheck() {
    return chosen().stream().filter(target -> !target.kept()).toList();
  }

  public PlanCheckRunConfig withTargets(List<CheckTarget> changed) {
    return new PlanCheckRunConfig(changed, planVersion, policies, rulesVersion, membershipHash);
  }
}
