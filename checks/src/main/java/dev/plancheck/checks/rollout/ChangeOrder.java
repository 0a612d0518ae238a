// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is applied to one database. `task` names it for ever and everywhere: the database remembers
/// it under this name. `checked` is null where the caller has checked the database just now, and
/// nothing is to be compared.
public record ChangeOrder(
    String task,
    DatabaseName target,
    Sheet sheet,
    @Nullable Checked checked,
    boolean priorBackup,
    ChangeLimits limits) {
  private static final int LONGEST_TASK = 200;

  public ChangeOrder {
    if (task.isEmpty() || task.length() > LONGEST_TASK || task.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "task: %d characters (expected: 1 to %d, no NUL)".formatted(task.length(), LONGEST_TASK));
    }
  }

  /// What the check saw, so that the very same can be read again: the fingerprint of its snapshot,
  /// the texts of the sheets that the plan runs on this database before this one (they are not run
  /// here), and the borders of its size bands.
  ///
  /// A sheet of the same plan that was applied in between changes the fingerprint as anything else
  /// does: after it the database is to be checked again.
  public record Checked(String fingerprint, List<String> before, SizeBorders borders) {
    public Checked {
      before = List.copyOf(before);
    }
  }
}
