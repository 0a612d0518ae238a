// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.run.PlanCheckRunConfig;

/// What there is to check in a plan.
public sealed interface PlannedChecks {
  /// None of the plan's specs is of a kind that is checked.
  record NotApplicable() implements PlannedChecks {}

  /// A change that would reach no database: `spec` is the first such.
  record MatchesNothing(String spec) implements PlannedChecks {}

  record Checks(PlanCheckRunConfig config) implements PlannedChecks {}
}
