// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.ChangeOutcome;

/// Carries an outcome from where it is found to where the change ends. No error by itself.
final class Ended extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ChangeOutcome outcome;

  Ended(ChangeOutcome outcome) {
    super(null, null, false, false);
    this.outcome = outcome;
  }

  ChangeOutcome outcome() {
    return outcome;
  }
}
