// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where the known database servers are kept.
public interface Instances {
  /// Throws [ApiException] ALREADY_EXISTS for an id that is taken, and INVALID_ARGUMENT, with those
  /// that exist, for an environment that does not; the empty text is none.
  Instance create(Instance instance);

  Optional<Instance> get(String id);

  /// At most `limit` instances by id, ascending by code point, behind `afterId`; the empty text
  /// begins.
  List<Instance> list(int limit, String afterId);

  /// Replaces everything but the id; its databases follow its environment. Throws [ApiException]
  /// NOT_FOUND, and INVALID_ARGUMENT as [#create].
  Instance update(Instance instance);

  /// Forgets the instance and its databases; plans and runs that name them stay. False if there is
  /// no such instance.
  boolean delete(String id);
}
