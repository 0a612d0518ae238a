// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

/// Who decides: `user` is the full name, as in logs; roles are those in the plan's project.
public interface Decider {
  String user();

  boolean hasRole(String role);
}
