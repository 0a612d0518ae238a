// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.text.Span;

/// What a [StatementRule] may know, and where it leaves its findings.
public interface Context {
  /// The schema as it is before the statement: the target's, changed by the statements before.
  Schema schema();

  /// The session as it is before the statement.
  Session session();

  /// Reports at a place in the script; id, title and severity come from the rule and the policy.
  void report(Span at, String content);
}
