// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A rollout, locked until the end of the transaction: whoever moves it or its tasks holds this.
record RolloutLock(Handle handle, long id, Rollout.Status status, int parallel) {
  static Optional<RolloutLock> lock(Handle handle, long id) {
    return handle
        .createQuery("select status, parallel from plancheck.rollout where id = :id for update")
        .bind("id", id)
        .map((row, _) ->
            new RolloutLock(
                handle,
                id,
                StoredNames.read(Rollout.Status.class, row.getString("status")),
                row.getInt("parallel")))
        .findOne();
  }

  boolean isActive() {
    return status == Rollout.Status.ACTIVE;
  }

  /// Empty for a task that the rollout has not.
  Optional<TaskState> state(TaskKey key) {
    return handle
        .createQuery(
            "select state from plancheck.rollout_task where rollout_id = :id and number = :number")
        .bind("id", id)
        .bind("number", key.number())
        .mapTo(String.class)
        .findOne()
        .map(name -> StoredNames.read(TaskState.class, name));
  }

  /// Takes back from whoever works on it no more: to `next`, or to its end if the rollout is
  /// canceled.
  void putBack(int number, TaskState next) {
    if (isActive()) {
      handle
          .createUpdate(
              """
              update plancheck.rollout_task
              set state = :next, queued_at = case :next when 'QUEUED' then queued_at end
              where rollout_id = :id and number = :number
              """)
          .bind("next", next.name())
          .bind("id", id)
          .bind("number", number)
          .execute();
    } else {
      cancel(number, List.of(TaskState.RUNNING, TaskState.QUEUED));
    }
  }

  /// What may have been applied though nobody has said so is UNKNOWN then.
  void cancelAll(List<TaskState> states) {
    cancel(null, states);
  }

  /// `number` null means each.
  private void cancel(@Nullable Integer number, List<TaskState> states) {
    handle
        .createUpdate(
            """
            with ended as (
              update plancheck.rollout_task as t
              set ended_at = clock_timestamp(),
                state = case when uncertain.yes then 'UNKNOWN' else 'CANCELED' end,
                words = case when uncertain.yes then :lost else t.words end
              from plancheck.rollout_task as same
              cross join lateral (
                select same.committing <> 0 or exists (
                  select from plancheck.rollout_statement as s
                  where s.rollout_id = same.rollout_id and s.task = same.number
                    and s.finished_at is null) as yes
              ) as uncertain
              where t.rollout_id = :id and (:number::integer is null or t.number = :number)
                and t.state = any(:states)
                and same.rollout_id = t.rollout_id and same.number = t.number
              returning t.*
            )
            insert into plancheck.database_change (instance, database, project, plan_number,
              plan_version, spec, sheet, task, outcome, words, actor)
            select t.instance, t.database, p.project_id, p.number, r.plan_version, t.spec, t.sheet,
              concat_ws('/', r.uid, t.number), t.state, t.words, t.actor
            from ended as t
            join plancheck.rollout as r on r.id = t.rollout_id
            join plancheck.plan as p on p.id = r.plan_id
            where t.state = 'UNKNOWN'
            order by t.number
            """)
        .bind("id", id)
        .bind("number", number)
        .bindArray("states", String.class, states.stream().map(TaskState::name).toList())
        .bind("lost", TaskEnd.lost().report().words())
        .execute();
  }
}
