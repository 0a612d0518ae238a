// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The port to where users are kept. Every change is logged in its own transaction; `actor` is who
/// makes it, by full name. Times come from the storage's clock.
public interface Users {
  /// Without roles. Throws [ApiException] ALREADY_EXISTS for an id that is or was taken: logs name
  /// users, so that nobody may come after another.
  User create(String id, String title, User.Kind kind, String actor);

  Optional<User> get(String id);

  /// At most `limit` users by id, ascending by code point, behind `afterId`; the empty text begins.
  /// With a project those who have a role in it by name, or everywhere.
  List<User> list(@Nullable String project, int limit, String afterId);

  /// Takes all roles, revokes all tokens and keeps the id. False if there is no such user.
  boolean delete(String id, String actor);

  /// Nothing changes if the user has it. Throws [ApiException] NOT_FOUND for an unknown user or
  /// project.
  void grant(String user, Grant grant, String actor);

  /// Nothing changes if the user has it not. Throws [ApiException] NOT_FOUND for an unknown user.
  void revoke(String user, Grant grant, String actor);

  /// The log, oldest first: at most `limit` events with greater ids than `afterId`.
  List<AccessEvent> events(long afterId, int limit);
}
