// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a task has done to its database, as far as it is known: statements in order, and where the
/// rows are that were copied before. `mode` is null until it was chosen.
public record TaskWork(@Nullable Mode mode, List<Entry> entries, @Nullable Backup backup) {
  public TaskWork {
    entries = List.copyOf(entries);
  }
}
