// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Which policies there are for a project's databases now, and the program's own for those that no
/// stored one governs.
public record PoliciesInForce(String project, List<Ruling> rulings, String own) {
  /// A stored policy and what it governs.
  public record Ruling(PolicyScope scope, String policy, String hash) {}

  public PoliciesInForce {
    rulings = List.copyOf(rulings);
  }

  /// The most specific one wins.
  public Governing governing(String environment) {
    return rulings.stream()
        .filter(ruling -> ruling.scope().covers(project, environment))
        .max(Comparator.comparingInt(ruling -> ruling.scope().precedence()))
        .map(ruling -> new Governing(ruling.policy(), ruling.hash()))
        .orElse(Governing.own(own));
  }

  public AppliedPolicies over(Collection<String> environments) {
    var applied = new TreeMap<String, Governing>();
    environments.forEach(
        environment -> applied.computeIfAbsent(environment, _ -> governing(environment)));
    return new AppliedPolicies(applied);
  }
}
