// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

/// How much a plan may hurt, from the least.
public enum Risk {
  LOW,
  MODERATE,
  HIGH;

  /// The higher of the two.
  public Risk or(Risk other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isHigherThan(Risk other) {
    return compareTo(other) > 0;
  }
}
