// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.List;

/// What instances are for: `test`, `production`. Changes go through the environments in their
/// order.
public record Environment(String id, String title) {
  /// What a new storage begins with.
  public static final List<Environment> USUAL =
      List.of(
          new Environment("test", "Test"),
          new Environment("staging", "Staging"),
          new Environment("production", "Production"));

  /// How many there may be.
  public static final int MOST = 100;

  /// For messages: `environments/test`.
  public static String name(String id) {
    return "environments/" + id;
  }

  /// The refusal of an instance whose environment does not exist.
  public static ApiException unknown(String id, List<Environment> existing) {
    var names = existing.stream().map(Environment::id).toList();
    return ApiException.invalid(
        "instance.environment",
        "instance.environment: %s (expected: %s)"
            .formatted(
                id,
                names.isEmpty()
                    ? "empty, since there are no environments"
                    : "empty, or one of " + String.join(", ", names)));
  }

  /// The refusal of one more than there may be.
  public static ApiException tooMany() {
    return new ApiException(
        ApiException.Code.RESOURCE_EXHAUSTED,
        "there are %d environments (expected: fewer, to create another one)".formatted(MOST));
  }

  /// The refusal to delete what `instance` uses.
  public static ApiException inUse(String id, String instance) {
    return ApiException.failedPrecondition(
        "%s is used by instances/%s (expected: no instance; move its instances first)"
            .formatted(name(id), instance));
  }

  /// The refusal to delete what has a review policy of its own.
  public static ApiException governed(String id, String policy) {
    return ApiException.failedPrecondition(
        "%s is governed by reviewPolicies/%s (expected: no policy of its own; delete that first)"
            .formatted(name(id), policy));
  }
}
