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

  /// Reports no worse than `atMost`, whatever the policy says: for what is small, or only likely.
  void report(Span at, Status atMost, String content);

  /// Says that only a target can tell whether there is something to report here, so that a
  /// suppression at this place is not called unused.
  void undecided(Span at);
}
