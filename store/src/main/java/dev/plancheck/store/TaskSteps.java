// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.Rollouts.Release;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.run.CheckedState;
import dev.plancheck.store.codec.StoredText;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The steps that people and the rollout itself take with tasks, each while the rollout is locked.
final class TaskSteps {
  private TaskSteps() {}

  /// The rows are updated in one statement, so that all of it sees the same state; those beyond
  /// what may run at once stay.
  static int release(RolloutLock lock, List<Release> tasks) {
    var released =
        lock.handle()
            .createQuery(
                """
                with wanted as (
                  select w.number, w.fingerprint, w.policy_hash, w.actor
                  from unnest(:numbers::integer[], :fingerprints::text[], :policies::text[],
                      :actors::text[])
                    with ordinality as w (number, fingerprint, policy_hash, actor, ordinal)
                  join plancheck.rollout_task as t on t.rollout_id = :rollout and t.number = w.number
                  join plancheck.rollout_stage as s on s.rollout_id = :rollout and s.number = t.stage
                  where t.state = 'PENDING' and s.started_at is not null
                    and coalesce(t.not_before <= clock_timestamp(), true)
                    and not exists (
                      select from plancheck.rollout_task as e
                      where e.rollout_id = t.rollout_id and e.instance = t.instance
                        and e.database = t.database and e.number < t.number
                        and e.state not in ('DONE', 'SKIPPED'))
                  order by w.ordinal
                  limit greatest(0, :parallel - (
                    select count(*) from plancheck.rollout_task
                    where rollout_id = :rollout and state in ('QUEUED', 'RUNNING')))
                )
                update plancheck.rollout_task as t
                set state = 'QUEUED', turn = turn + 1, queued_at = clock_timestamp(),
                  fingerprint = w.fingerprint, policy_hash = w.policy_hash, actor = w.actor
                from wanted as w
                where t.rollout_id = :rollout and t.number = w.number
                returning t.number
                """)
            .bind("rollout", lock.id())
            .bind("parallel", lock.parallel())
            .bind("numbers", tasks.stream().map(Release::task).toArray(Integer[]::new))
            .bind("fingerprints", texts(tasks, CheckedState::fingerprint))
            .bind("policies", texts(tasks, CheckedState::policy))
            .bind(
                "actors",
                tasks.stream().map(one -> StoredText.escape(one.actor())).toArray(String[]::new))
            .mapTo(Integer.class)
            .list();
    ScheduledTasks.addTasks(lock.handle(), lock.id(), released);
    return released.size();
  }

  private static @Nullable String[] texts(
      List<Release> tasks, Function<CheckedState, String> part) {
    return tasks.stream()
        .map(Release::checked)
        .map(checked -> checked == null ? null : part.apply(checked))
        .toArray(String[]::new);
  }

  static boolean block(RolloutLock lock, TaskKey key, String why) {
    return lock.isActive()
        && lock.handle()
                .createUpdate(
                    """
                    update plancheck.rollout_task
                    set state = 'FAILED', words = :why, statement = null, line = null,
                      column_number = null, applied_before = 0, check_after = clock_timestamp(),
                      asked = false
                    where rollout_id = :rollout and number = :number and state = 'PENDING'
                    """)
                .bind("rollout", lock.id())
                .bind("number", key.number())
                .bind("why", StoredText.escape(why))
                .execute()
            == 1;
  }

  static boolean retry(RolloutLock lock, PlanLock plan, TaskKey key, String actor) {
    return lock.state(key).filter(TaskState::isRetryable).isPresent()
        && revive(lock, plan)
        && pend(lock, key, actor);
  }

  /// Whether the rollout is, or became, active.
  private static boolean revive(RolloutLock lock, PlanLock plan) {
    if (lock.status() != Status.CANCELED) {
      return lock.isActive();
    }
    var revived =
        lock.handle()
            .createUpdate(
                """
                update plancheck.rollout as r
                set status = 'ACTIVE', ended_at = null
                where r.id = :rollout and r.plan_version = :version
                  and not exists (
                    select from plancheck.rollout as later
                    where later.plan_id = r.plan_id and later.id > r.id)
                """)
            .bind("rollout", lock.id())
            .bind("version", plan.version())
            .execute();
    if (revived == 0) {
      throw Rollout.revivalRefused(plan.name());
    }
    return true;
  }

  private static boolean pend(RolloutLock lock, TaskKey key, String actor) {
    return lock.handle()
            .createUpdate(
                """
                update plancheck.rollout_task
                set state = 'PENDING', words = '', statement = null, line = null,
                  column_number = null, applied_before = 0, actor = :actor, asked = true,
                  not_before = null, busy_since = null, ended_at = null
                where rollout_id = :rollout and number = :number
                """)
            .bind("rollout", lock.id())
            .bind("number", key.number())
            .bind("actor", StoredText.escape(actor))
            .execute()
        == 1;
  }

  static boolean skip(RolloutLock lock, TaskKey key, String why, String actor) {
    return lock.state(key).filter(TaskState::isSkippable).isPresent()
        && settle(lock, key, TaskState.SKIPPED, why, actor);
  }

  private static boolean settle(
      RolloutLock lock, TaskKey key, TaskState state, String words, @Nullable String actor) {
    return lock.handle()
            .createUpdate(
                """
                update plancheck.rollout_task
                set state = :state, words = :words, statement = null, line = null,
                  column_number = null, applied_before = 0, actor = coalesce(:actor, actor),
                  ended_at = clock_timestamp()
                where rollout_id = :rollout and number = :number
                """)
            .bind("rollout", lock.id())
            .bind("number", key.number())
            .bind("state", state.name())
            .bind("words", StoredText.escape(words))
            .bind("actor", actor == null ? null : StoredText.escape(actor))
            .execute()
        == 1;
  }

  static boolean resolve(RolloutLock lock, TaskKey key, boolean applied, String actor) {
    if (lock.state(key).filter(state -> state == TaskState.UNKNOWN).isEmpty()) {
      return false;
    }
    TaskJournal.settle(lock.handle(), key, applied, actor);
    if (applied && !TaskJournal.isInStatements(lock.handle(), key)) {
      var _ = settle(lock, key, TaskState.DONE, "applied, as %s said".formatted(actor), null);
      ChangeLog.add(lock.handle(), key);
      askForChecks(lock.handle(), key);
      return true;
    }
    return lock.isActive()
        ? pend(lock, key, actor)
        : lock.handle()
                .createUpdate(
                    """
                    update plancheck.rollout_task
                    set state = 'CANCELED'
                    where rollout_id = :rollout and number = :number
                    """)
                .bind("rollout", lock.id())
                .bind("number", key.number())
                .execute()
            == 1;
  }

  /// For later tasks of the same database it is not any more what was checked.
  static void askForChecks(Handle handle, TaskKey done) {
    handle
        .createUpdate(
            """
            update plancheck.rollout_task as later
            set check_after = clock_timestamp()
            from plancheck.rollout_task as done
            where done.rollout_id = :rollout and done.number = :number
              and later.rollout_id = done.rollout_id and later.instance = done.instance
              and later.database = done.database and later.number > done.number
              and later.state not in ('DONE', 'SKIPPED')
            """)
        .bind("rollout", done.rollout())
        .bind("number", done.number())
        .execute();
  }

  static boolean cancel(RolloutLock lock) {
    if (!lock.isActive()) {
      return false;
    }
    lock.handle()
        .createUpdate(
            "update plancheck.rollout set status = 'CANCELING', waiting = '' where id = :rollout")
        .bind("rollout", lock.id())
        .execute();
    lock.cancelAll(List.of(TaskState.PENDING, TaskState.QUEUED));
    return true;
  }

  static boolean end(RolloutLock lock) {
    return lock.handle()
            .createUpdate(
                """
                update plancheck.rollout as r
                set status = case status when 'ACTIVE' then 'DONE' else 'CANCELED' end,
                  waiting = '', ended_at = clock_timestamp()
                where r.id = :rollout and (
                  r.status = 'ACTIVE' and not exists (
                    select from plancheck.rollout_task as t
                    where t.rollout_id = r.id and t.state not in ('DONE', 'SKIPPED'))
                  or r.status = 'CANCELING' and not exists (
                    select from plancheck.rollout_task as t
                    where t.rollout_id = r.id and t.state in ('QUEUED', 'RUNNING')))
                """)
            .bind("rollout", lock.id())
            .execute()
        == 1;
  }
}
