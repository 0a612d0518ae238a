// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import java.util.Set;

/// Who makes a call, with the roles that they have at that moment.
public record Caller(String user, Set<Grant> grants) {
  private static final String LOCAL_USER = "local";

  /// Whoever can reach the server as long as no token was ever given. Has every permission, and
  /// stands in for every role.
  public static final Caller LOCAL = new Caller(LOCAL_USER, Set.of(Grant.everywhere(Role.ADMIN)));

  public Caller {
    grants = Set.copyOf(grants);
  }

  /// The name that logs keep: `users/ann`.
  public String name() {
    return name(user);
  }

  public static String name(String user) {
    return "users/" + user;
  }

  public static boolean isReserved(String user) {
    return user.equals(LOCAL_USER);
  }

  /// `project` is an id; [Grant#EVERYWHERE] asks for a permission in all projects.
  public boolean may(Permission permission, String project) {
    return grants.stream()
        .anyMatch(
            grant -> grant.covers(project) && grant.role().permissions().contains(permission));
  }

  public boolean isAdmin() {
    return grants.contains(Grant.everywhere(Role.ADMIN));
  }

  /// Whether the caller decides the steps of an approval that ask for `role`. An ADMIN does not by
  /// being one: who shall decide as a DBA is made a DBA.
  public boolean hasRole(Role role, String project) {
    return isReserved(user)
        || grants.stream().anyMatch(grant -> grant.covers(project) && grant.role().equals(role));
  }
}
