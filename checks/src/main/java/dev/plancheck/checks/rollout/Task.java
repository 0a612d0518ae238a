// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.engine.text.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One database of a rollout, and how it stands.
///
/// `name` is what the database itself remembers it by: no other task of any installation ever has
/// it. `actor` is whose word let it begin. `checkAfter` asks for a check that began later than
/// that, because the database is not what earlier checks saw; `mode` is how its sheet is applied,
/// null until that was chosen; `resumed` tells that statements of an earlier try stay applied, so
/// that no check can speak for it any more. `asked` tells that a person wants it tried again, even
/// in a stage that stopped.
public record Task(
    TaskKey key,
    String name,
    TaskItem item,
    TaskState state,
    int turn,
    String actor,
    Report report,
    @Nullable Instant checkAfter,
    @Nullable Mode mode,
    boolean resumed,
    boolean asked,
    Times times) {
  /// What is to be said of it: why it waits, failed, was skipped. `statement` counts from 1, and is
  /// null, as is `position`, where no statement is to blame; `appliedBefore` counts those that stay
  /// applied.
  public record Report(
      String words, @Nullable Integer statement, @Nullable Position position, int appliedBefore) {
    public static final Report NONE = of("");

    public static Report of(String words) {
      return new Report(words, null, null, 0);
    }
  }

  /// By the storage's clock; null is not yet.
  public record Times(
      @Nullable Instant queuedAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {
    public static final Times NONE = new Times(null, null, null);
  }
}
