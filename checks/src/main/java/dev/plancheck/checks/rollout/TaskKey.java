// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

/// One task of a rollout; numbers from 1, in the order of the manifest.
public record TaskKey(long rollout, int number) {
  /// `12/3`
  @Override
  public String toString() {
    return rollout + "/" + number;
  }
}
