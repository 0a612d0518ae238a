// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.engine.text.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How applying one task ended. Statements are numbered from 1. All texts are for people; they hold
/// the server's own words, never the sheet's text or a password.
public sealed interface ChangeOutcome {
  /// The whole sheet is applied. `earlier` tells that a previous owner of the task had done it:
  /// then no statements are known here, and no backup.
  record Applied(
      List<AppliedStatement> statements, boolean earlier, @Nullable Backup backup, Duration took)
      implements ChangeOutcome {
    public Applied {
      statements = List.copyOf(statements);
    }
  }

  /// The database is not what was checked; nothing was executed.
  record Drifted(String expected, String found) implements ChangeOutcome {}

  /// It did not work, for certain. `statement` and `position`, a place in the sheet, are null where
  /// no statement is to blame. `appliedBefore` counts the statements that stay applied: 0 after a
  /// transaction, which is rolled back as a whole.
  record Failed(
      String error, @Nullable Integer statement, @Nullable Position position, int appliedBefore)
      implements ChangeOutcome {}

  /// Whether this statement was applied cannot be told: a person has to look.
  record Unknown(String why, int statement) implements ChangeOutcome {}

  /// It was stopped, or the task has another owner by now. `appliedBefore` is as in [Failed].
  record Canceled(int appliedBefore) implements ChangeOutcome {}

  /// Nothing can be done now: an earlier owner's work is still going on in the database, or the
  /// database cannot be reached. To be tried again later, with the same task.
  record Busy(String why) implements ChangeOutcome {}
}
