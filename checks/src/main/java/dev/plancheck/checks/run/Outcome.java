// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// Whether a check could be made at all. NOT_PERFORMED: unreachable, time limit, internal error.
public enum Outcome {
  PERFORMED,
  NOT_PERFORMED
}
