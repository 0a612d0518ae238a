// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.declarative.Difference;

/// An answer other than a computed difference, on its way up.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Difference difference;

  Refusal(Difference difference) {
    super(String.valueOf(difference));
    this.difference = difference;
  }

  static Refusal because(String cause) {
    return new Refusal(new Difference.NotComputed(cause));
  }

  Difference difference() {
    return difference;
  }
}
