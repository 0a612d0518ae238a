// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where database groups are kept. Expressions are checked before.
public interface DatabaseGroups {
  /// Throws [ApiException] NOT_FOUND for an unknown project, and ALREADY_EXISTS for an id that the
  /// project has given.
  DatabaseGroup create(DatabaseGroup group);

  Optional<DatabaseGroup> get(GroupName name);

  /// At most `limit` groups of a project by id, ascending by code point, behind `afterId`; the
  /// empty text begins.
  List<DatabaseGroup> list(String project, int limit, String afterId);

  /// Replaces title and expression. Throws [ApiException] NOT_FOUND.
  DatabaseGroup update(DatabaseGroup group);

  /// Forgets the group; plans that name it stay. False if there is no such group.
  boolean delete(GroupName name);
}
