// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// What can be checked of one target.
public enum CheckType {
  STATEMENT_ADVISE,
  STATEMENT_SUMMARY_REPORT,
  GHOST_SYNC
}
