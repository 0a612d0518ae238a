// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where webhooks are kept.
public interface Webhooks {
  /// The most webhooks of one project.
  int MOST = 20;

  /// Throws [ApiException]: ALREADY_EXISTS, NOT_FOUND for an unknown project, RESOURCE_EXHAUSTED
  /// when the project has [#MOST] already.
  Webhook create(Webhook webhook);

  Optional<Webhook> get(String project, String id);

  /// All of a project, by id, ascending by code point.
  List<Webhook> list(String project);

  /// Replaces all but project and id. Throws [ApiException] NOT_FOUND.
  Webhook update(Webhook webhook);

  /// With all of its deliveries. False if there is none.
  boolean delete(String project, String id);
}
