// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunEvent.Basis;
import dev.plancheck.checks.run.RunEvent.Kind;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Lines of the table `plan_check_run_log`, which only grows.
final class RunLog {
  private RunLog() {}

  /// What happened to the run as it is now; to be called in the transaction that changed it. Who
  /// wants to be told of the end of runs is.
  static void append(Handle handle, long runId, Kind kind, String actor) {
    handle
        .createUpdate(
            """
            insert into plancheck.plan_check_run_log (run_id, kind, attempt, verdict, plan_version,
              policy_hash, rules_version, membership_hash, target_count, done_count, success_count,
              warning_count, error_count, not_performed_count, sampled_of, actor, note, at)
            select id, :kind, attempt, verdict, plan_version,
              policy_hash, rules_version, membership_hash, target_count, done_count, success_count,
              warning_count, error_count, not_performed_count, sampled_of, :actor, error, updated_at
            from plancheck.plan_check_run
            where id = :id
            """)
        .bind("id", runId)
        .bind("kind", kind.name())
        .bind("actor", StoredText.escape(actor))
        .execute();
    Outbox.addEnd(handle, runId, kind);
  }

  static List<RunEvent> events(Handle handle, PlanName plan, long afterId, int limit) {
    return handle
        .createQuery(
            """
            select l.*
            from plancheck.plan_check_run_log as l
            join plancheck.plan_check_run as r on r.id = l.run_id
            join plancheck.plan as p on p.id = r.plan_id
            where p.project_id = :project and p.number = :number and l.id > :afterId
            order by l.id
            limit :limit
            """)
        .bind("project", plan.project())
        .bind("number", plan.number())
        .bind("afterId", afterId)
        .bind("limit", limit)
        .map((row, _) -> event(row))
        .list();
  }

  private static RunEvent event(ResultSet row) throws SQLException {
    var verdict = row.getString("verdict");
    return new RunEvent(
        row.getLong("id"),
        StoredNames.read(Kind.class, row.getString("kind")),
        row.getInt("attempt"),
        StoredCounts.read(row),
        verdict == null ? null : StoredNames.read(Verdict.class, verdict),
        new Basis(
            row.getInt("plan_version"),
            StoredText.unescape(row.getString("policy_hash")),
            StoredText.unescape(row.getString("rules_version")),
            StoredText.unescape(row.getString("membership_hash"))),
        StoredText.unescape(row.getString("actor")),
        StoredText.unescape(row.getString("note")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
