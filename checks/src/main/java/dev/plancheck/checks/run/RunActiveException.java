// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;

/// The plan's checks are queued or running, so they cannot be queued again.
public final class RunActiveException extends ApiException {
  private static final long serialVersionUID = 1L;

  public RunActiveException(PlanName plan, RunStatus status) {
    super(
        Code.FAILED_PRECONDITION,
        "checks of %s are %s (expected: finished; cancel them or wait)".formatted(plan, status));
  }
}
