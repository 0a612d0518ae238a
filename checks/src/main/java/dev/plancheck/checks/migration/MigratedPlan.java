// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.migration;

import dev.plancheck.checks.run.PlanCheckRun;
import java.util.List;

/// A plan that had rows, and the record that it has by now.
///
/// `legacyPlan` is the plan's id where it comes from, and `legacyRows` are all of its rows there.
/// `openBefore` tells whether its gate was open. `already` says that the record was here before,
/// and that nothing was changed. `quarantined` lists the first of the rows that could not be
/// understood, `quarantinedRows` counts all.
public record MigratedPlan(
    long legacyPlan,
    long legacyRows,
    boolean openBefore,
    boolean already,
    long quarantinedRows,
    List<QuarantinedRow> quarantined,
    PlanCheckRun run) {
  /// `uid` is the row's id where it comes from.
  public record QuarantinedRow(long uid, String reason) {}

  public MigratedPlan {
    quarantined = List.copyOf(quarantined);
  }

  /// Results that the record has, and how many checks could not be made or migrated.
  public int results() {
    var counts = run.counts();
    return counts.success() + counts.warning() + counts.error() + counts.notPerformed();
  }
}
