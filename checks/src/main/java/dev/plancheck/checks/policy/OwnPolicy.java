// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyTerms;

/// The policy of the program itself, which governs where none is stored, and the language that all
/// policies are written in.
public record OwnPolicy(PolicyText text, PolicyLanguage language) {
  public static OwnPolicy of(String text, PolicyLanguage language) {
    return new OwnPolicy(PolicyText.of(text), language);
  }

  /// For a program that stores no policies: these terms, whatever is read.
  public static OwnPolicy only(PolicyTerms terms) {
    return of("", _ -> new PolicyReading.Read(terms));
  }

  public String hash() {
    return text.hash();
  }
}
