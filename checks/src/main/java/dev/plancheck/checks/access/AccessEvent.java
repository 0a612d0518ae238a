// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import java.time.Instant;

/// A line of the log of users, roles and tokens. `actor` is who did it, by full name; `detail` the
/// role with its project, or the token's id.
public record AccessEvent(
    long id, Kind kind, String actor, String user, String detail, Instant at) {
  public enum Kind {
    USER_CREATED,
    USER_DELETED,
    ROLE_GRANTED,
    ROLE_REVOKED,
    TOKEN_CREATED,
    TOKEN_REVOKED
  }

  /// The detail of a change of roles: `DBA in projects/shop`.
  public static String detail(Grant grant) {
    return "%s in projects/%s".formatted(grant.role(), grant.project());
  }
}
