// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.store.codec.StoredText;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Writes a rollout with its manifest, while plan and run are locked.
record RolloutCreation(Handle handle, PlanLock plan, RolloutDraft draft) {
  /// Its id. Throws [dev.plancheck.checks.ApiException] FAILED_PRECONDITION.
  long create() {
    refuseOthers();
    var id = insertRollout();
    insertStages(id);
    insertTasks(id);
    return id;
  }

  private void refuseOthers() {
    handle
        .createQuery("select status, plan_version from plancheck.rollout where plan_id = :plan")
        .bind("plan", plan.id())
        .map((row, _) -> {
          if (StoredNames.read(Rollout.Status.class, row.getString("status")).isLive()) {
            throw Rollout.secondRefused(plan.name());
          }
          if (row.getInt("plan_version") == draft.source().planVersion()) {
            throw Rollout.repeatRefused(plan.name(), draft.source().planVersion());
          }
          return true;
        })
        .list();
  }

  private long insertRollout() {
    var source = draft.source();
    var approval = source.approval();
    return handle
        .createQuery(
            """
            insert into plancheck.rollout
              (plan_id, plan_version, attempt, approval, override_id, failure_policy, parallel,
                automatic, actor)
            values (:plan, :version, :attempt, :approval, :override, :failures, :parallel,
              :automatic, :actor)
            returning id
            """)
        .bind("plan", plan.id())
        .bind("version", source.planVersion())
        .bind("attempt", source.attempt())
        .bind("approval", approval == null ? null : StoredText.escape(approval))
        .bind("override", source.override())
        .bind("failures", draft.options().failures().name())
        .bind("parallel", draft.options().parallel())
        .bind("automatic", draft.options().automatic())
        .bind("actor", StoredText.escape(draft.actor()))
        .mapTo(Long.class)
        .one();
  }

  private void insertStages(long id) {
    handle
        .createUpdate(
            """
            insert into plancheck.rollout_stage (rollout_id, number, environment)
            select :rollout, ordinal - 1, environment
            from unnest(:environments::text[]) with ordinality as stage (environment, ordinal)
            """)
        .bind("rollout", id)
        .bind(
            "environments",
            draft.environments().stream().map(StoredText::escape).toArray(String[]::new))
        .execute();
  }

  private void insertTasks(long id) {
    handle
        .createUpdate(
            """
            insert into plancheck.rollout_task
              (rollout_id, number, stage, spec, instance, database, sheet, prior_backup)
            select :rollout, ordinal, item.stage, item.spec, item.instance, item.database,
              item.sheet, item.prior_backup::boolean
            from unnest(:stages::integer[], :specs::text[], :instances::text[],
              :databases::text[], :sheets::text[], :backups::text[])
              with ordinality as item
                (stage, spec, instance, database, sheet, prior_backup, ordinal)
            """)
        .bind("rollout", id)
        .bind("stages", draft.items().stream().map(TaskItem::stage).toArray(Integer[]::new))
        .bind("specs", texts(item -> StoredText.escape(item.spec())))
        .bind("instances", texts(item -> item.target().instance()))
        .bind("databases", texts(item -> item.target().database()))
        .bind("sheets", texts(TaskItem::sheet))
        .bind("backups", texts(item -> Boolean.toString(item.priorBackup())))
        .execute();
  }

  private String[] texts(Function<TaskItem, String> part) {
    return draft.items().stream().map(part).toArray(String[]::new);
  }
}
