// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

/// What a role allows in a project, or in all of them.
public enum Permission {
  READ("read"),
  EDIT_PLAN("write plans and sheets of"),
  RUN_CHECKS("run checks of"),
  OVERRIDE_GATE("override the gate of"),
  ROLL_OUT("roll out plans of"),
  /// Settings of the project, and who has which role in it.
  MANAGE_PROJECT("manage"),
  /// Users, instances, and everything else that belongs to no project. Only an ADMIN has it.
  MANAGE_WORKSPACE("manage");

  private final String words;

  Permission(String words) {
    this.words = words;
  }

  /// What its holder may do to a project: `roll out plans of`.
  public String words() {
    return words;
  }
}
