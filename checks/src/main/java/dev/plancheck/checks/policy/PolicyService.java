// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Violation;
import dev.plancheck.checks.policy.ReviewPolicies.Draft;
import dev.plancheck.engine.review.PolicyReading;

/// What people do with policies: nothing is stored that cannot be read.
public final class PolicyService {
  private static final String FIELD = "policy.text";

  private final ReviewPolicies policies;
  private final PolicyLanguage language;

  public PolicyService(ReviewPolicies policies, PolicyLanguage language) {
    this.policies = policies;
    this.language = language;
  }

  public ReviewPolicies stored() {
    return policies;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT with every problem of the text, and what
  /// [ReviewPolicies#create] throws.
  public ReviewPolicy create(Draft draft) {
    check(draft.text());
    return policies.create(draft);
  }

  /// Throws [ApiException]: INVALID_ARGUMENT with every problem of the text, and what
  /// [ReviewPolicies#update] throws.
  public ReviewPolicy update(Draft draft, int version) {
    check(draft.text());
    return policies.update(draft, version);
  }

  private void check(PolicyText text) {
    var bytes = text.text().getBytes(UTF_8).length;
    if (bytes > PolicyText.LONGEST) {
      throw ApiException.invalid(
          FIELD, "%s: %d bytes (expected: at most %d)".formatted(FIELD, bytes, PolicyText.LONGEST));
    }
    switch (language.read(text.text())) {
      case PolicyReading.Read _ -> {}
      case PolicyReading.Refused(var problems) ->
          throw ApiException.invalid(
              problems.stream()
                  .map(problem -> new Violation(FIELD, "line " + problem.toString()))
                  .toList());
    }
  }
}
