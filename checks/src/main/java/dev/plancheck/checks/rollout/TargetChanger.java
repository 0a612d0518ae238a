// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.run.StopSignal;

/// The only port that writes to users' databases.
///
/// A sheet that may run in one transaction is applied exactly once, however often and by however
/// many owners its task is tried: the database itself remembers the task. Any other sheet is
/// applied at most once, statement by statement, as `journal` tells; where that cannot be known the
/// outcome is [ChangeOutcome.Unknown].
public interface TargetChanger {
  /// Applies one task; blocks until it ended, one way or the other. `stop` asks it to end early:
  /// what runs on the database is then canceled and rolled back.
  ///
  /// Whatever goes wrong with the database is an outcome. What the journal throws flies, when
  /// nothing is left running on the database. Throws [InterruptedException] after an interrupt,
  /// when the connection was closed; the task can then be tried again.
  ChangeOutcome change(ChangeOrder order, ChangeJournal journal, StopSignal stop)
      throws InterruptedException;
}
