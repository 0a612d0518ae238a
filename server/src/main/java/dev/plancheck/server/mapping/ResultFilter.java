// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.engine.review.Status;
import java.util.Set;

/// Which results of a run to show: all parts must agree, an empty part agrees with everything.
public record ResultFilter(
    Set<Status> statuses,
    Set<Outcome> outcomes,
    Set<CheckType> types,
    Set<DatabaseName> targets,
    Set<String> specs,
    Set<String> rules) {
  public ResultFilter {
    statuses = Set.copyOf(statuses);
    outcomes = Set.copyOf(outcomes);
    types = Set.copyOf(types);
    targets = Set.copyOf(targets);
    specs = Set.copyOf(specs);
    rules = Set.copyOf(rules);
  }

  public boolean isEmpty() {
    return statuses.isEmpty()
        && outcomes.isEmpty()
        && types.isEmpty()
        && targets.isEmpty()
        && specs.isEmpty()
        && rules.isEmpty();
  }

  public boolean matches(Result result) {
    return agrees(statuses, result.finding().status())
        && agrees(outcomes, result.outcome())
        && agrees(types, result.type())
        && agrees(targets, result.target())
        && agrees(specs, result.spec())
        && agrees(rules, result.finding().rule());
  }

  private static <T> boolean agrees(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
