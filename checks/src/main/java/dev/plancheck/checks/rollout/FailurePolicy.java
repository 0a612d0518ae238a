// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

/// What becomes of a stage when one of its tasks did not end well.
public enum FailurePolicy {
  /// What runs comes to its end and nothing more begins, until a person retried or skipped it.
  STOP_STAGE,
  /// The other tasks of the stage go on. The next stage waits in either case.
  CONTINUE
}
