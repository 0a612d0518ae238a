// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunEvent.Kind;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.StoredText;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Ends attempts before their time, from outside or from inside: the run is final, no shard has an
/// owner, the log has its line and the fold its entry, all in one transaction.
final class RunEndings {
  private RunEndings() {}

  static boolean cancel(Handle handle, PlanName plan, int attempt, String actor) {
    return run(handle, plan)
        .map(id -> new AttemptKey(id, attempt))
        .filter(key -> {
          disown(handle, key);
          return end(handle, key, Kind.CANCELED, "") && told(handle, key, Kind.CANCELED, actor);
        })
        .isPresent();
  }

  static boolean fail(Handle handle, Claim claim, String error) {
    var key = AttemptKey.of(claim.key());
    lockShards(handle, key);
    return isOwned(handle, claim)
        && disown(handle, key)
        && end(handle, key, Kind.FAILED, error)
        && told(handle, key, Kind.FAILED, "");
  }

  /// Every shard of the attempt, in the order in which everybody locks them.
  static void lockShards(Handle handle, AttemptKey key) {
    handle
        .createQuery(
            """
            select shard from plancheck.plan_check_run_shard
            where run_id = :run and attempt = :attempt
            order by shard
            for no key update
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .mapTo(Integer.class)
        .list();
  }

  private static boolean isOwned(Handle handle, Claim claim) {
    return handle
        .createQuery(
            """
            select exists (
              select from plancheck.plan_check_run_shard
              where run_id = :run and attempt = :attempt and shard = :shard
                and epoch = :epoch and state = 'RUNNING')
            """)
        .bind("run", claim.key().run())
        .bind("attempt", claim.key().attempt())
        .bind("shard", claim.key().shard())
        .bind("epoch", claim.epoch())
        .mapTo(Boolean.class)
        .one();
  }

  private static boolean disown(Handle handle, AttemptKey key) {
    lockShards(handle, key);
    return handle
            .createUpdate(
                """
                update plancheck.plan_check_run_shard
                set epoch = epoch + 1
                where run_id = :run and attempt = :attempt
                """)
            .bind("run", key.run())
            .bind("attempt", key.attempt())
            .execute()
        > 0;
  }

  private static boolean end(Handle handle, AttemptKey key, Kind status, String error) {
    return handle
            .createUpdate(
                """
                update plancheck.plan_check_run
                set status = :status, verdict = 'INCOMPLETE', error = :error,
                  updated_at = greatest(updated_at, clock_timestamp()),
                  finished_at = greatest(updated_at, clock_timestamp())
                where id = :run and attempt = :attempt and status in ('QUEUED', 'RUNNING')
                """)
            .bind("status", status.name())
            .bind("error", StoredText.escape(error))
            .bind("run", key.run())
            .bind("attempt", key.attempt())
            .execute()
        == 1;
  }

  private static boolean told(Handle handle, AttemptKey key, Kind kind, String actor) {
    RunLog.append(handle, key.run(), kind, actor);
    ScheduledTasks.addFold(handle, key);
    return true;
  }

  private static Optional<Long> run(Handle handle, PlanName plan) {
    return handle
        .createQuery(
            """
            select r.id
            from plancheck.plan_check_run as r
            join plancheck.plan as p on p.id = r.plan_id
            where p.project_id = :project and p.number = :number
            """)
        .bind("project", plan.project())
        .bind("number", plan.number())
        .mapTo(Long.class)
        .findOne();
  }
}
