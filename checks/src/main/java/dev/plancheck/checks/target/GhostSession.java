// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.engine.sql.ObjectName;

/// What a session can tell that decides whether gh-ost could change a table. It reads and changes
/// nothing.
public interface GhostSession {
  /// Everything at once; a table without a database is one of the session's own. What the user may
  /// not see is told as such, part by part. Throws [TargetException] when the server does not
  /// answer at all, or not in time.
  GhostFacts facts(ObjectName table) throws TargetException;

  /// Whether the instance lets us look at its data (`ghost_probe`).
  boolean looksAtData();

  /// Whether a query has a row. A query that the server refuses, or that takes too long, is told as
  /// such. Throws [TargetException] as [#facts] does.
  Answer<Boolean> findsRow(String select) throws TargetException;
}
