// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the queue with the tasks that are handed out, as [Reconciler] does for runs.
record RolloutReconciler(Jdbi jdbi) {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutReconciler.class);

  /// The number of entries that were missing.
  int reconcile() {
    return jdbi.withHandle(handle -> {
      var missing = add(handle);
      var odd = remove(handle);
      if (missing + odd > 0) {
        LOG.info(
            "{} entries of tasks were missing in the queue, {} stood for nothing", missing, odd);
      }
      return missing;
    });
  }

  private static int add(Handle handle) {
    return handle.execute(
        """
        insert into plancheck.scheduled_tasks
          (task_name, task_instance, execution_time, picked, version)
        select 'rollout-task', concat_ws('/', t.rollout_id, t.number, t.turn), now(), false, 1
        from plancheck.rollout_task as t
        where t.state in ('QUEUED', 'RUNNING')
          and not exists (
            select from plancheck.scheduled_tasks as e
            where e.task_name = 'rollout-task'
              and e.task_instance = concat_ws('/', t.rollout_id, t.number, t.turn))
        order by t.rollout_id, t.number
        on conflict (task_name, task_instance) do nothing
        """);
  }

  private static int remove(Handle handle) {
    return handle.execute(
        """
        delete from plancheck.scheduled_tasks as e
        where e.task_name = 'rollout-task' and not e.picked
          and not exists (
            select from plancheck.rollout_task as t
            where t.state in ('QUEUED', 'RUNNING')
              and e.task_instance = concat_ws('/', t.rollout_id, t.number, t.turn))
        """);
  }
}
