// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

/// A hazard to look for. A rule is a record that holds its options and no state; its page, a
/// Markdown file beside it, is its specification, its test and its documentation.
public sealed interface Rule permits StatementRule, ScriptRule {
  RuleInfo info();

  /// Whether it is about what an ALTER TABLE costs the table that it runs on. Such a rule has
  /// nothing to say of a change that gh-ost makes on a copy.
  default boolean isAboutDirectAlter() {
    return false;
  }
}
