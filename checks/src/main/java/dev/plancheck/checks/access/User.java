// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import java.time.Instant;
import java.util.List;

/// Somebody who may call, with all roles, sorted. Users are known by their tokens, and have no
/// passwords.
public record User(String id, String title, Kind kind, List<Grant> grants, Instant createdAt) {
  public enum Kind {
    PERSON,
    /// A program, such as a build.
    SERVICE
  }

  public User {
    grants = List.copyOf(grants);
  }

  public boolean isAdmin() {
    return grants.contains(Grant.everywhere(Role.ADMIN));
  }
}
