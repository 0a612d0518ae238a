// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.run.ShardKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Entries of our runs in the table of db-scheduler, written in the transactions of our own rows:
/// whoever sees the row as it is now finds the entry too. The ids are never used for other work.
final class ScheduledTasks {
  static final String SHARD = "plan-check-shard";
  static final String FOLD = "plan-check-fold";
  static final String CHANGE = "rollout-task";

  private static final Pattern SHARD_ID = Pattern.compile("(\\d{1,18})/(\\d{1,9})/(\\d{1,9})");
  private static final Pattern FOLD_ID = Pattern.compile("(\\d{1,18})/(\\d{1,9})");

  private static final Pattern CHANGE_ID = Pattern.compile("(\\d{1,18})/(\\d{1,9})/(\\d{1,9})");

  /// One attempt of a run.
  record AttemptKey(long run, int attempt) {
    static AttemptKey of(ShardKey shard) {
      return new AttemptKey(shard.run(), shard.attempt());
    }
  }

  private ScheduledTasks() {}

  /// Empty for an id that nothing of ours has.
  static Optional<ShardKey> shard(String id) {
    var parts = SHARD_ID.matcher(id);
    return parts.matches()
        ? Optional.of(
            new ShardKey(
                Long.parseLong(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  /// Empty for an id that nothing of ours has.
  static Optional<AttemptKey> fold(String id) {
    var parts = FOLD_ID.matcher(id);
    return parts.matches()
        ? Optional.of(
            new AttemptKey(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

  /// Entries of all shards of the attempt that are not complete and have none; their number.
  static int addShards(Handle handle, AttemptKey key) {
    return handle
        .createUpdate(
            """
            insert into plancheck.scheduled_tasks
              (task_name, task_instance, execution_time, picked, version)
            select 'plan-check-shard', concat_ws('/', run_id, attempt, shard), now(), false, 1
            from plancheck.plan_check_run_shard
            where run_id = :run and attempt = :attempt and state <> 'DONE'
            order by shard
            on conflict (task_name, task_instance) do nothing
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .execute();
  }

  static void addFold(Handle handle, AttemptKey key) {
    handle
        .createUpdate(
            """
            insert into plancheck.scheduled_tasks
              (task_name, task_instance, execution_time, picked, version)
            values ('plan-check-fold', :id, now(), false, 1)
            on conflict (task_name, task_instance) do nothing
            """)
        .bind("id", key.run() + "/" + key.attempt())
        .execute();
  }

  /// Empty for an id that nothing of ours has.
  static Optional<TaskTurn> change(String id) {
    var parts = CHANGE_ID.matcher(id);
    return parts.matches()
        ? Optional.of(
            new TaskTurn(
                new TaskKey(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))),
                Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  /// Entries of tasks that were handed out.
  static void addTasks(Handle handle, long rollout, List<Integer> numbers) {
    handle
        .createUpdate(
            """
            insert into plancheck.scheduled_tasks
              (task_name, task_instance, execution_time, picked, version)
            select 'rollout-task', concat_ws('/', rollout_id, number, turn), now(), false, 1
            from plancheck.rollout_task
            where rollout_id = :rollout and number = any(:numbers)
            order by number
            on conflict (task_name, task_instance) do nothing
            """)
        .bind("rollout", rollout)
        .bindArray("numbers", Integer.class, numbers)
        .execute();
  }
}
