// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.schema.SizeBorders;

/// What a policy's text comes to: what rules do, and from which size on a table counts as large.
public record PolicyTerms(Policy policy, SizeBorders borders) {
  /// With the usual borders.
  public PolicyTerms(Policy policy) {
    this(policy, SizeBorders.DEFAULT);
  }

  /// As [Policy#forCopies].
  public PolicyTerms forCopies() {
    return new PolicyTerms(policy.forCopies(), borders);
  }
}
