// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.AdviseExecutor;
import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.summary.SummaryExecutor;
import java.util.List;

/// Who makes which check. A new check type is one component and one case.
record CheckExecutors(AdviseExecutor advise, SummaryExecutor summary, GhostExecutor ghost) {
  /// At least one result.
  List<Result> check(CheckType type, CheckTarget target, TargetReading reading, Patience patience)
      throws NotPerformedException, InterruptedException {
    return switch (type) {
      case STATEMENT_ADVISE -> advise.check(target, reading, patience);
      case STATEMENT_SUMMARY_REPORT -> summary.check(target, reading);
      case GHOST_SYNC -> ghost.check(target, reading);
    };
  }
}
