// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.ScriptStatement;

/// A rule that looks at one statement at a time, with the schema as it is before that statement.
public non-sealed interface StatementRule extends Rule {
  /// Called for every statement in order, data-modifying common table expressions included: these
  /// come with the span of the statement that holds them.
  void check(ScriptStatement statement, Context context);
}
