// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// How much of a plan a user wants to have checked: everything, or only what every given part fits.
/// An empty list does not restrict.
///
/// `specs` are ids; `failedOnly` fits targets of which the last attempt has an ERROR, or a check
/// that was not performed.
public record RunScope(List<String> specs, List<DatabaseName> targets, boolean failedOnly) {
  public static final RunScope WHOLE = new RunScope(List.of(), List.of(), false);

  /// Targets with an error or a check that was not performed.
  public static final RunScope FAILED = new RunScope(List.of(), List.of(), true);

  public RunScope {
    specs = List.copyOf(specs);
    targets = List.copyOf(targets);
  }

  public boolean isWhole() {
    return specs.isEmpty() && targets.isEmpty() && !failedOnly;
  }

  /// Whether spec and database of a target are of this scope, for many of them.
  Predicate<CheckTarget> places() {
    var wantedSpecs = Set.copyOf(specs);
    var wantedTargets = Set.copyOf(targets);
    return target ->
        (specs.isEmpty() || wantedSpecs.contains(target.spec()))
            && (targets.isEmpty() || wantedTargets.contains(target.target()));
  }
}
