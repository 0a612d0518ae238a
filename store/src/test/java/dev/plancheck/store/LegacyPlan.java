// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.RunStatus;
import java.util.ArrayList;
import java.util.List;

/// A plan with one row per check, and what must become of it.
///
/// Gates are open if they are not said to be shut; `specs` is the plan's config. `keeps` are
/// contents of results, `reasons` beginnings of what is wrong with quarantined rows.
record LegacyPlan(
    String what,
    List<LegacyRow> rows,
    boolean openBefore,
    boolean openTrusted,
    RunStatus status,
    int results,
    List<String> keeps,
    List<String> reasons,
    String specs) {
  LegacyPlan {
    rows = List.copyOf(rows);
    keeps = List.copyOf(keeps);
    reasons = List.copyOf(reasons);
  }

  /// Expected to be open before and, with trust, after, and DONE with so many results.
  static LegacyPlan open(String what, int results, LegacyRow... rows) {
    return new LegacyPlan(
        what, List.of(rows), true, true, RunStatus.DONE, results, List.of(), List.of(), "{}");
  }

  /// Expected to be shut before and after.
  static LegacyPlan shut(String what, RunStatus status, int results, LegacyRow... rows) {
    return open(what, results, rows).with(false, false, status);
  }

  /// Expected to be shut by the migration, because what is there says too little.
  static LegacyPlan shutNow(String what, RunStatus status, int results, LegacyRow... rows) {
    return open(what, results, rows).with(true, false, status);
  }

  /// Expected to be shut by the migration because of one row that it cannot read.
  static LegacyPlan odd(String what, String reason, int results, LegacyRow... rows) {
    return shutNow(what, RunStatus.FAILED, results, rows).quarantining(reason);
  }

  LegacyPlan keeping(String... contents) {
    return new LegacyPlan(
        what, rows, openBefore, openTrusted, status, results, List.of(contents), reasons, specs);
  }

  LegacyPlan quarantining(String reason) {
    var all = new ArrayList<>(reasons);
    all.add(reason);
    return new LegacyPlan(what, rows, openBefore, openTrusted, status, results, keeps, all, specs);
  }

  LegacyPlan shutBefore() {
    return with(false, openTrusted, status);
  }

  LegacyPlan saying(String config) {
    return new LegacyPlan(
        what, rows, openBefore, openTrusted, status, results, keeps, reasons, config);
  }

  private LegacyPlan with(boolean before, boolean trusted, RunStatus ends) {
    return new LegacyPlan(what, rows, before, trusted, ends, results, keeps, reasons, specs);
  }

  @Override
  public String toString() {
    return what;
  }
}
