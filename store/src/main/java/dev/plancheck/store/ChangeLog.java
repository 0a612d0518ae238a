// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The log of what was done to databases, in the table `database_change`.
final class ChangeLog {
  private ChangeLog() {}

  /// The task as it is in the transaction.
  static void add(Handle handle, TaskKey key) {
    handle
        .createUpdate(
            """
            insert into plancheck.database_change (instance, database, project, plan_number,
              plan_version, spec, sheet, task, outcome, words, actor)
            select t.instance, t.database, p.project_id, p.number, r.plan_version, t.spec, t.sheet,
              concat_ws('/', r.uid, t.number), t.state, t.words, t.actor
            from plancheck.rollout_task as t
            join plancheck.rollout as r on r.id = t.rollout_id
            join plancheck.plan as p on p.id = r.plan_id
            where t.rollout_id = :rollout and t.number = :number
            """)
        .bind("rollout", key.rollout())
        .bind("number", key.number())
        .execute();
  }

  static List<DatabaseChange> list(Handle handle, DatabaseName database, int limit, long before) {
    return handle
        .createQuery(
            """
            select * from plancheck.database_change
            where instance = :instance and database = :database and id < :before
            order by id desc
            limit :limit
            """)
        .bind("instance", database.instance())
        .bind("database", database.database())
        .bind("before", before)
        .bind("limit", limit)
        .map((row, _) -> change(database, row))
        .list();
  }

  private static DatabaseChange change(DatabaseName database, ResultSet row) throws SQLException {
    return new DatabaseChange(
        row.getLong("id"),
        database,
        new PlanName(row.getString("project"), row.getLong("plan_number")),
        row.getInt("plan_version"),
        StoredText.unescape(row.getString("spec")),
        row.getString("sheet"),
        row.getString("task"),
        StoredNames.read(TaskState.class, row.getString("outcome")),
        StoredText.unescape(row.getString("words")),
        StoredText.unescape(row.getString("actor")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
