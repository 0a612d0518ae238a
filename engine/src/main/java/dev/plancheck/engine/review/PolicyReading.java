// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import java.util.List;

/// What came of reading a policy's text.
public sealed interface PolicyReading {
  record Read(PolicyTerms terms) implements PolicyReading {}

  /// At least one problem; none of the text counts then.
  record Refused(List<Problem> problems) implements PolicyReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// What is wrong, with value and expectation, and where: both numbers count from 1.
  record Problem(int line, int column, String message) {
    /// `3:7: rules: twice in the policy`.
    @Override
    public String toString() {
      return "%d:%d: %s".formatted(line, column, message);
    }
  }
}
