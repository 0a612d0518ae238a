// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What a new order of environments must be, wherever they are kept.
public final class EnvironmentOrdering {
  private EnvironmentOrdering() {}

  /// Throws [ApiException] INVALID_ARGUMENT unless `ids` are those of `existing`, each once.
  public static void check(List<String> ids, List<Environment> existing) {
    var known = existing.stream().map(Environment::id).collect(Collectors.toSet());
    var given = new HashSet<String>();
    for (var index = 0; index < ids.size(); index++) {
      var id = ids.get(index);
      if (!known.contains(id) || !given.add(id)) {
        throw refused(
            "environments[%d]".formatted(index),
            Environment.name(id) + (known.contains(id) ? " twice" : " does not exist"),
            existing);
      }
    }
    for (var environment : existing) {
      if (!given.contains(environment.id())) {
        throw refused("environments", Environment.name(environment.id()) + " is missing", existing);
      }
    }
  }

  private static ApiException refused(String field, String what, List<Environment> existing) {
    var all = existing.stream().map(one -> Environment.name(one.id())).toList();
    return ApiException.invalid(
        field, "%s: %s (expected: each of %s once)".formatted(field, what, String.join(", ", all)));
  }
}
