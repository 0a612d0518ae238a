// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import java.util.Comparator;

/// A role in one project, or [#EVERYWHERE]. Sorted by project and role.
public record Grant(String project, Role role) implements Comparable<Grant> {
  /// In place of a project: all of them, also those to come.
  public static final String EVERYWHERE = "-";

  private static final Comparator<Grant> ORDER =
      Comparator.comparing(Grant::project).thenComparing(Grant::role);

  /// Throws [IllegalArgumentException] for ADMIN in one project.
  public Grant {
    if (role.equals(Role.ADMIN) && !project.equals(EVERYWHERE)) {
      throw new IllegalArgumentException(
          "role: ADMIN in projects/%s (expected: ADMIN in projects/-, or PROJECT_OWNER)"
              .formatted(project));
    }
  }

  public static Grant everywhere(Role role) {
    return new Grant(EVERYWHERE, role);
  }

  boolean covers(String wanted) {
    return project.equals(EVERYWHERE) || project.equals(wanted);
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }
}
