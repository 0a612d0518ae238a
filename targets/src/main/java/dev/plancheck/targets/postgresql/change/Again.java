// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.ChangeOutcome;

/// What was tried is rolled back, for a reason that may be gone soon; `otherwise` is the outcome
/// when there is no further try.
final class Again extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ChangeOutcome.Failed otherwise;

  Again(ChangeOutcome.Failed otherwise) {
    super(null, null, false, false);
    this.otherwise = otherwise;
  }

  ChangeOutcome.Failed otherwise() {
    return otherwise;
  }
}
