// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.ghost.Noop;
import dev.plancheck.checks.ghost.NoopOrder;
import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.engine.sql.ObjectName;

/// What a session can tell that decides whether gh-ost could change a table. It reads and changes
/// nothing, but for what [#tryOnCopy] makes and removes again in a database that is there for that,
/// and what gh-ost itself does in a [#noop].
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

  /// Whether the instance lets us try an ALTER on an empty copy of its table (`ghost_probe`).
  default boolean triesOnCopies() {
    return false;
  }

  /// Makes an empty copy of the table in the instance's scratch database, over a connection of its
  /// own, alters it, copies some rows into it, and drops it, whatever happens. What the server
  /// refuses is told as such. Throws [TargetException] when the session is canceled meanwhile.
  default Trial tryOnCopy(TrialOrder order) throws TargetException {
    throw new IllegalStateException("the instance does not let anybody make a copy");
  }

  /// Whether there is a gh-ost that may be run (`PLANCHECK_GHOST_BINARY`).
  default boolean runsGhost() {
    return false;
  }

  /// Runs gh-ost without `--execute`, with a deadline. Throws [TargetException] when the session is
  /// canceled meanwhile.
  default Noop noop(NoopOrder order) throws TargetException {
    throw new IllegalStateException("there is no gh-ost to run");
  }
}
