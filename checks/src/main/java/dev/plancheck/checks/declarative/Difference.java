// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.engine.text.Span;

/// What the comparison of a database with a wanted schema came to.
public sealed interface Difference {
  /// The statements that lead from the one to the other, empty if there is nothing to change. It
  /// was tried: a copy of the schema became the wanted one by it.
  record Computed(String sql) implements Difference {}

  /// The wanted schema is wrong at `at`, for any database. `message` is a sentence for people.
  record Flawed(String message, Span at) implements Difference {}

  /// It could not be computed, for a reason in words; that says nothing about the difference.
  record NotComputed(String cause) implements Difference {}
}
