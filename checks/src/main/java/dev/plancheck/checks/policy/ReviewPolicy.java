// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import java.time.Instant;

/// A stored policy: what it governs and what it says. `version` counts its changes from 1;
/// `updatedBy` made the last one. Of one scope there is at most one.
public record ReviewPolicy(
    String id,
    String title,
    PolicyScope scope,
    PolicyText text,
    int version,
    String updatedBy,
    Instant createdAt,
    Instant updatedAt) {
  /// For messages: `reviewPolicies/production`.
  public static String name(String id) {
    return "reviewPolicies/" + id;
  }

  /// The refusal of a second policy for a scope that `other` governs.
  public static ApiException taken(PolicyScope scope, String other) {
    return new ApiException(
        Code.ALREADY_EXISTS,
        "%s governs %s already (expected: one policy per scope; change that one)"
            .formatted(name(other), scope.words()));
  }

  /// The refusal of a scope with a project that does not exist.
  public static ApiException unknownProject(String project) {
    return ApiException.invalid(
        "policy.project",
        "policy.project: projects/%s (expected: a project that exists, or empty for all)"
            .formatted(project));
  }

  /// The refusal of a scope with an environment that does not exist.
  public static ApiException unknownEnvironment(String environment) {
    return ApiException.invalid(
        "policy.environment",
        "policy.environment: environments/%s (expected: an environment that exists, or empty for all)"
            .formatted(environment));
  }

  /// The refusal of a change to what somebody else changed.
  public static ApiException changed(String id) {
    return ApiException.aborted(
        name(id) + " was changed meanwhile: read it again and repeat the change");
  }
}
