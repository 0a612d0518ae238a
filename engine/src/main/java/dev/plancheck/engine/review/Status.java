// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

/// How bad a finding is; a rule's severity is WARNING or ERROR.
public enum Status {
  SUCCESS,
  WARNING,
  ERROR;

  public Status worse(Status other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
