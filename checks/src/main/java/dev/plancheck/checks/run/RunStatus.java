// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// Where a run is. DONE, FAILED and CANCELED are final for an attempt.
public enum RunStatus {
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  CANCELED;

  public boolean isFinal() {
    return this == DONE || this == FAILED || this == CANCELED;
  }
}
