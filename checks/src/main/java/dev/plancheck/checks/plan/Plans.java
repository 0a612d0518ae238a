// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where plans are kept; times come from the storage's clock.
public interface Plans {
  /// Creates a plan under the project's next number, as version 1, by `actor`. Throws
  /// [ApiException] NOT_FOUND for an unknown project.
  Plan create(String project, String title, List<Spec> specs, String actor);

  Optional<Plan> get(PlanName name);

  /// At most `limit` plans of a project, the newest first, with numbers below `before`;
  /// Long.MAX_VALUE begins.
  List<Plan> list(String project, int limit, long before);

  /// Replaces title and specs and counts the version up, if the stored version is still
  /// `plan.version()`; `actor` is an author from then on. Throws [ApiException] NOT_FOUND, ABORTED
  /// for another version, and FAILED_PRECONDITION while a rollout of the plan is live.
  Plan update(Plan plan, String actor);
}
