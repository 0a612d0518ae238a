// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where releases are kept, never changed and never forgotten; times come from the
/// storage's clock. Files are checked before.
public interface Releases {
  /// Throws [ApiException] NOT_FOUND for an unknown project, and ALREADY_EXISTS for an id that the
  /// project has given.
  Release create(ReleaseName name, String title, List<Release.File> files);

  Optional<Release> get(ReleaseName name);

  /// At most `limit` releases of a project by id, ascending by code point, behind `afterId`; the
  /// empty text begins.
  List<Release> list(String project, int limit, String afterId);
}
