// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.review.PolicyReading;

/// The port to whoever knows the rules and how policies speak of them.
@FunctionalInterface
public interface PolicyLanguage {
  /// What the text means; the empty text is every rule as it usually is. Never throws for any text.
  PolicyReading read(String text);
}
