// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.schema.Schema;

/// What a [StatementRule] may know, and where it leaves its findings.
public interface Context extends Reporter {
  /// The schema as it is before the statement: the target's, changed by the statements before.
  Schema schema();

  /// The session as it is before the statement.
  Session session();
}
