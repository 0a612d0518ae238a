// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where the environments and their order are kept.
public interface Environments {
  /// Adds an environment behind all others. Throws [ApiException] ALREADY_EXISTS for an id that is
  /// taken, and RESOURCE_EXHAUSTED when there are [Environment#MOST].
  Environment create(Environment environment);

  Optional<Environment> get(String id);

  /// All of them, from the first that a change goes to, to the last.
  List<Environment> list();

  /// Replaces the title. Throws [ApiException] NOT_FOUND.
  Environment update(Environment environment);

  /// Throws [ApiException] NOT_FOUND, and FAILED_PRECONDITION while an instance uses it or a review
  /// policy is for it.
  void delete(String id);

  /// Makes `ids` the order, and returns the environments in it. Throws [ApiException]
  /// INVALID_ARGUMENT unless these are exactly the existing ones, each once.
  List<Environment> reorder(List<String> ids);
}
