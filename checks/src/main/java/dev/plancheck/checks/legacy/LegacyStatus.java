// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

/// Where a virtual run is. Rows per check were never queued.
public enum LegacyStatus {
  RUNNING,
  DONE,
  FAILED,
  CANCELED
}
