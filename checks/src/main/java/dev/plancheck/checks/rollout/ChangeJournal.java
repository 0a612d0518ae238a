// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known on our side of one task's work, over all of its owners. Each method that writes
/// has committed when it returns true; false says that the task has another owner by now, or is to
/// end, and nothing was written: then the change stops at once.
public interface ChangeJournal {
  /// How the sheet is applied; chosen by the first owner, and the same for those that follow.
  enum Mode {
    /// All in one transaction, which the database itself remembers.
    TRANSACTION,
    /// One statement after the other, of which this journal is the only memory. Those of a
    /// transaction finish together, when it has committed: from a BEGIN of the sheet to its end, or
    /// the whole sheet where only the right to remember it in the database was missing.
    STATEMENTS
  }

  /// What this and earlier owners wrote. `mode` is null before [#began].
  record History(@Nullable Mode mode, List<Entry> entries) {
    public History {
      entries = List.copyOf(entries);
    }
  }

  /// One statement that was begun, in the order of numbers. `finished` is null while nobody said
  /// that it is done.
  record Entry(int statement, @Nullable AppliedStatement finished) {}

  History history();

  /// Written before anything else, once per task: a second call with the same mode changes nothing.
  boolean began(Mode mode);

  /// Written before a statement is sent. Only in [Mode#STATEMENTS].
  boolean started(int statement);

  /// Written when the server said that it is done. Only in [Mode#STATEMENTS].
  boolean finished(AppliedStatement statement);

  /// Written when the server said that it failed and left nothing behind: the entry of its start is
  /// gone, and it may be started again. Only in [Mode#STATEMENTS].
  boolean failed(int statement);

  /// Written right before COMMIT is sent, after all statements have been done: the last moment to
  /// say no. Only in [Mode#TRANSACTION].
  boolean committing();

  /// A note for people: the transaction was rolled back for `why` and is tried again, for the
  /// `retry`th time, from 1.
  boolean retrying(int retry, String why);
}
