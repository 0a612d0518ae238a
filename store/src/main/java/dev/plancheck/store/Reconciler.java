// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the queue with our rows, which are the truth: what should be worked on has an entry
/// again, and entries that stand for nothing go. A live program that never sees its entry again is
/// no danger: whoever claims a shard moves its epoch.
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Jdbi jdbi;

  Reconciler(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// The number of entries that were missing.
  int reconcile() {
    return jdbi.withHandle(handle -> {
      var missing = addShards(handle) + addFolds(handle);
      var odd = removeShards(handle) + removeFolds(handle);
      if (missing + odd > 0) {
        LOG.info(
            "{} entries of runs were missing in the queue, {} stood for nothing", missing, odd);
      }
      removeLeases(handle);
      return missing;
    });
  }

  private static int addShards(Handle handle) {
    return handle.execute(
        """
        insert into plancheck.scheduled_tasks
          (task_name, task_instance, execution_time, picked, version)
        select 'plan-check-shard', concat_ws('/', s.run_id, s.attempt, s.shard), now(), false, 1
        from plancheck.plan_check_run as r
        join plancheck.plan_check_run_shard as s on s.run_id = r.id and s.attempt = r.attempt
        where r.result_attempt < r.attempt and r.status in ('QUEUED', 'RUNNING')
          and s.state <> 'DONE'
          and not exists (
            select from plancheck.scheduled_tasks as t
            where t.task_name = 'plan-check-shard'
              and t.task_instance = concat_ws('/', s.run_id, s.attempt, s.shard))
        order by s.run_id, s.shard
        on conflict (task_name, task_instance) do nothing
        """);
  }

  private static int addFolds(Handle handle) {
    return handle.execute(
        """
        insert into plancheck.scheduled_tasks
          (task_name, task_instance, execution_time, picked, version)
        select 'plan-check-fold', concat_ws('/', r.id, r.attempt), now(), false, 1
        from plancheck.plan_check_run as r
        where r.result_attempt < r.attempt
          and (r.status in ('DONE', 'FAILED', 'CANCELED')
            or r.status = 'RUNNING' and r.shards_left = 0)
          and not exists (
            select from plancheck.scheduled_tasks as t
            where t.task_name = 'plan-check-fold'
              and t.task_instance = concat_ws('/', r.id, r.attempt))
        order by r.id
        on conflict (task_name, task_instance) do nothing
        """);
  }

  private static int removeShards(Handle handle) {
    return handle.execute(
        """
        delete from plancheck.scheduled_tasks as t
        where t.task_name = 'plan-check-shard' and not t.picked
          and not exists (
            select from plancheck.plan_check_run as r
            join plancheck.plan_check_run_shard as s on s.run_id = r.id and s.attempt = r.attempt
            where r.result_attempt < r.attempt and r.status in ('QUEUED', 'RUNNING')
              and s.state <> 'DONE'
              and t.task_instance = concat_ws('/', s.run_id, s.attempt, s.shard))
        """);
  }

  private static int removeFolds(Handle handle) {
    return handle.execute(
        """
        delete from plancheck.scheduled_tasks as t
        where t.task_name = 'plan-check-fold' and not t.picked
          and not exists (
            select from plancheck.plan_check_run as r
            where r.result_attempt < r.attempt
              and t.task_instance = concat_ws('/', r.id, r.attempt))
        """);
  }

  /// What is over for long; who comes back to it finds it lost in either way.
  private static void removeLeases(Handle handle) {
    handle.execute(
        """
        delete from plancheck.connection_lease
        where until < clock_timestamp() - interval '1 minute'
        """);
    handle.execute(
        """
        delete from plancheck.connection_wish
        where until < clock_timestamp() - interval '1 minute'
        """);
  }
}
