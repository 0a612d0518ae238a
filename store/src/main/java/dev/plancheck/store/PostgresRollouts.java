// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskWork;
import dev.plancheck.store.codec.StoredText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Rollouts in the tables `rollout`, `rollout_stage` and `rollout_task`: what is read, and the
/// steps of whole rollouts. Those of tasks are in [TaskSteps].
final class PostgresRollouts implements Rollouts {
  private final Jdbi jdbi;
  private final Runnable queued;

  /// `queued` is called after tasks were handed out.
  PostgresRollouts(Jdbi jdbi, Runnable queued) {
    this.jdbi = jdbi;
    this.queued = queued;
  }

  @Override
  public Rollout create(RolloutDraft draft) {
    return jdbi.inTransaction(handle -> {
      var plan = PlanLock.lock(handle, draft.source().plan());
      plan.require(draft.source().planVersion(), draft.source().attempt());
      var id = new RolloutCreation(handle, plan, draft).create();
      return get(handle, id).orElseThrow();
    });
  }

  @Override
  public Optional<Rollout> get(long id) {
    return jdbi.withHandle(handle -> get(handle, id));
  }

  private static Optional<Rollout> get(Handle handle, long id) {
    return RolloutRows.rollouts(handle, "where r.id = :id", Map.of("id", id)).stream().findFirst();
  }

  @Override
  public Optional<Rollout> latest(PlanName plan) {
    return jdbi.withHandle(handle ->
        RolloutRows.rollouts(
                handle,
                """
                where p.project_id = :project and p.number = :plan
                order by r.id desc
                limit 1
                """,
                Map.of("project", plan.project(), "plan", plan.number()))
            .stream()
            .findFirst());
  }

  @Override
  public List<Rollout> live(int limit, long afterId) {
    return jdbi.withHandle(handle ->
        RolloutRows.rollouts(
            handle,
            """
            where r.status in ('ACTIVE', 'CANCELING') and r.id > :after
            order by r.id
            limit :limit
            """,
            Map.of("after", afterId, "limit", limit)));
  }

  @Override
  public List<Task> tasks(long rollout, TaskQuery query) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                RolloutRows.TASKS
                    + """
                    where t.rollout_id = :rollout and t.number > :after
                      and (cardinality(:states) = 0 or t.state = any(:states))
                      and (cardinality(:stages) = 0 or t.stage = any(:stages))
                    order by t.number
                    limit :limit
                    """)
            .bind("rollout", rollout)
            .bind("after", query.afterNumber())
            .bindArray("states", String.class, query.states().stream().map(Enum::name).toList())
            .bindArray("stages", Integer.class, List.copyOf(query.stages()))
            .bind("limit", query.limit())
            .map((row, _) -> RolloutRows.task(row))
            .list());
  }

  @Override
  public Optional<Task> task(TaskKey key) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(RolloutRows.TASKS + "where t.rollout_id = :rollout and t.number = :number")
            .bind("rollout", key.rollout())
            .bind("number", key.number())
            .map((row, _) -> RolloutRows.task(row))
            .findOne());
  }

  @Override
  public TaskWork work(TaskKey key) {
    return jdbi.withHandle(handle -> TaskJournal.work(handle, key));
  }

  @Override
  public List<Task> ready(long rollout, int stage, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                RolloutRows.TASKS
                    + """
                    where t.rollout_id = :rollout and t.stage = :stage and t.state = 'PENDING'
                      and coalesce(t.not_before <= clock_timestamp(), true)
                      and not exists (
                        select from plancheck.rollout_task as e
                        where e.rollout_id = t.rollout_id and e.instance = t.instance
                          and e.database = t.database and e.number < t.number
                          and e.state not in ('DONE', 'SKIPPED'))
                    order by t.number
                    limit :limit
                    """)
            .bind("rollout", rollout)
            .bind("stage", stage)
            .bind("limit", limit)
            .map((row, _) -> RolloutRows.task(row))
            .list());
  }

  @Override
  public boolean startStage(long rollout, int stage, String actor) {
    return locked(
        rollout,
        lock ->
            lock.isActive()
                && lock.handle()
                        .createUpdate(
                            """
                            update plancheck.rollout_stage
                            set started_at = clock_timestamp(), started_by = :actor
                            where rollout_id = :rollout and number = :stage and started_at is null
                              and not exists (
                                select from plancheck.rollout_task
                                where rollout_id = :rollout and stage < :stage
                                  and state not in ('DONE', 'SKIPPED'))
                            """)
                        .bind("rollout", rollout)
                        .bind("stage", stage)
                        .bind("actor", StoredText.escape(actor))
                        .execute()
                    == 1);
  }

  /// What `step` did is undone when it answers false.
  private boolean locked(long rollout, Predicate<RolloutLock> step) {
    return Transactions.whole(
        jdbi, handle -> RolloutLock.lock(handle, rollout).filter(step).isPresent());
  }

  @Override
  public int release(long rollout, List<Release> tasks) {
    var released =
        jdbi.inTransaction(handle ->
            RolloutLock.lock(handle, rollout)
                .filter(RolloutLock::isActive)
                .map(lock -> TaskSteps.release(lock, tasks))
                .orElse(0));
    if (released > 0) {
      queued.run();
    }
    return released;
  }

  @Override
  public boolean block(TaskKey key, String why) {
    return locked(key.rollout(), lock -> TaskSteps.block(lock, key, why));
  }

  /// The plan is locked too, lest it be edited while its rollout comes to life again.
  @Override
  public boolean retry(TaskKey key, String actor) {
    var rollout = get(key.rollout()).orElse(null);
    return rollout != null
        && Transactions.whole(
            jdbi,
            handle -> {
              var plan = PlanLock.lock(handle, rollout.plan());
              return RolloutLock.lock(handle, key.rollout())
                  .filter(lock -> TaskSteps.retry(lock, plan, key, actor))
                  .isPresent();
            });
  }

  @Override
  public boolean skip(TaskKey key, String why, String actor) {
    return locked(key.rollout(), lock -> TaskSteps.skip(lock, key, why, actor));
  }

  @Override
  public boolean resolve(TaskKey key, boolean applied, String actor) {
    return locked(key.rollout(), lock -> TaskSteps.resolve(lock, key, applied, actor));
  }

  @Override
  public boolean cancel(long rollout, String actor) {
    return locked(rollout, TaskSteps::cancel);
  }

  @Override
  public boolean end(long rollout) {
    return locked(rollout, TaskSteps::end);
  }

  @Override
  public void say(long rollout, String waiting) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                update plancheck.rollout
                set waiting = :waiting
                where id = :rollout and status = 'ACTIVE' and waiting <> :waiting
                """)
            .bind("rollout", rollout)
            .bind("waiting", StoredText.escape(waiting))
            .execute());
  }

  @Override
  public List<DatabaseChange> changes(DatabaseName database, int limit, long before) {
    return jdbi.withHandle(handle -> ChangeLog.list(handle, database, limit, before));
  }

  @Override
  public Waiting waiting(PlanName plan) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select w.words, w.since
                from plancheck.rollout_waiting as w
                join plancheck.plan as p on p.id = w.plan_id
                where p.project_id = :project and p.number = :number
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .map((row, _) ->
                new Waiting(
                    StoredText.unescape(row.getString("words")), RolloutRows.time(row, "since")))
            .findOne()
            .orElseGet(() -> new Waiting("", null)));
  }

  @Override
  public void say(PlanName plan, String waiting) {
    var said =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    with plan as (
                      select id from plancheck.plan
                      where project_id = :project and number = :number
                    ), said as (
                      insert into plancheck.rollout_waiting (plan_id, words)
                      select id, :words from plan
                      on conflict (plan_id) do update set words = excluded.words, since = now()
                        where rollout_waiting.words <> excluded.words
                    )
                    select count(*) from plan
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .bind("words", StoredText.escape(waiting))
                .mapTo(Integer.class)
                .one());
    if (said == 0) {
      throw ApiException.notFound(plan.toString());
    }
  }
}
