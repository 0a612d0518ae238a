// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import org.jdbi.v3.core.Handle;

/// A plan and its run, locked until the end of the transaction: neither is edited, run again,
/// approved or rolled out by anybody else meanwhile. The plan is locked before the run.
///
/// `attempt` is 0 for a plan that was never checked.
record PlanLock(PlanName name, long id, int version, int attempt) {
  private record Row(long id, int version) {}

  /// Throws [ApiException] NOT_FOUND.
  static PlanLock lock(Handle handle, PlanName name) {
    var plan =
        handle
            .createQuery(
                """
                select id, version from plancheck.plan
                where project_id = :project and number = :number
                for update
                """)
            .bind("project", name.project())
            .bind("number", name.number())
            .map((row, _) -> new Row(row.getLong("id"), row.getInt("version")))
            .findOne()
            .orElseThrow(() -> ApiException.notFound(name.toString()));
    var attempt =
        handle
            .createQuery(
                "select attempt from plancheck.plan_check_run where plan_id = :plan for update")
            .bind("plan", plan.id())
            .mapTo(Integer.class)
            .findOne()
            .orElse(0);
    return new PlanLock(name, plan.id(), plan.version(), attempt);
  }

  /// Throws [ApiException] ABORTED unless the plan and its run are those that the caller has seen;
  /// `seenAttempt` 0 is a plan whose run does not matter, or that has none.
  void require(int seenVersion, int seenAttempt) {
    if (version != seenVersion || (seenAttempt != 0 && attempt != seenAttempt)) {
      throw ApiException.aborted(
          "%s has version %d and attempt %d by now (expected: %d and %d; ask the gate again)"
              .formatted(name, version, attempt, seenVersion, seenAttempt));
    }
  }
}
