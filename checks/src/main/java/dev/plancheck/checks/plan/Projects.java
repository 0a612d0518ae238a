// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where projects are kept.
public interface Projects {
  /// Throws [ApiException] ALREADY_EXISTS for an id that is taken.
  Project create(Project project);

  Optional<Project> get(String id);

  /// At most `limit` projects by id, ascending by code point, behind `afterId`; the empty text
  /// begins.
  List<Project> list(int limit, String afterId);

  /// Replaces title and settings. Throws [ApiException] NOT_FOUND.
  Project update(Project project);
}
