// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.review.PolicyTerms;

/// What the policy says that governs a database; `hash` is its text's, and stands for it.
public record GoverningTerms(String hash, PolicyTerms terms) {
  /// What it says of changes that gh-ost makes on a copy of the table.
  public GoverningTerms forCopies() {
    return new GoverningTerms(hash + " for copies", terms.forCopies());
  }
}
