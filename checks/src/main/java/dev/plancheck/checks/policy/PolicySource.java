// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.review.PolicyTerms;

/// Tells what a policy says, by the hash of its text. Safe for several threads.
@FunctionalInterface
public interface PolicySource {
  Found terms(String hash);

  /// What is known under a hash.
  sealed interface Found {
    record Usable(PolicyTerms terms) implements Found {}

    /// Nothing may be judged then. `why` is for people.
    record Unusable(String why) implements Found {}
  }
}
