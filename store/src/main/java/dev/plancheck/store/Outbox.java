// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.notice.Notice;
import dev.plancheck.checks.notice.NoticeBody;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunEvent.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Stores what is to be told, in the transaction in which it happens.
final class Outbox {
  private Outbox() {}

  /// A delivery to each webhook that asked for it.
  static void add(Handle handle, Notice notice) {
    var now =
        handle
            .createQuery("select clock_timestamp()")
            .mapTo(OffsetDateTime.class)
            .one()
            .toInstant();
    // A webhook that is deleted at this moment is waited for, and then not there.
    handle
        .createUpdate(
            """
            insert into plancheck.webhook_delivery (id, project_id, webhook_id, event, body)
            select gen_random_uuid()::text, project_id, id, :event, :body
            from plancheck.webhook
            where project_id = :project and enabled and :event = any (events)
            for key share
            """)
        .bind("project", notice.plan().project())
        .bind("event", notice.event().name())
        .bind("body", NoticeBody.of(notice, now))
        .execute();
  }

  /// The end of a run's attempt as the run is now; any other kind is not told.
  static void addEnd(Handle handle, long run, Kind kind) {
    if (kind != Kind.QUEUED) {
      handle
          .createQuery(
              """
              select p.project_id, p.number, r.attempt, r.status, r.verdict, r.plan_version,
                r.target_count, r.warning_count, r.error_count, r.not_performed_count
              from plancheck.plan_check_run as r
              join plancheck.plan as p on p.id = r.plan_id
              where r.id = :run and exists (
                select from plancheck.webhook as w
                where w.project_id = p.project_id and w.enabled and 'RUN_FINISHED' = any (w.events))
              """)
          .bind("run", run)
          .map((row, _) -> end(row))
          .findOne()
          .ifPresent(notice -> add(handle, notice));
    }
  }

  private static Notice end(ResultSet row) throws SQLException {
    var plan = new PlanName(row.getString("project_id"), row.getLong("number"));
    var details = new TreeMap<String, String>();
    details.put("attempt", row.getString("attempt"));
    details.put("planVersion", row.getString("plan_version"));
    details.put("status", row.getString("status"));
    details.put("verdict", row.getString("verdict"));
    details.put("targets", row.getString("target_count"));
    details.put("warnings", row.getString("warning_count"));
    details.put("errors", row.getString("error_count"));
    details.put("notPerformed", row.getString("not_performed_count"));
    var text =
        "Checks of %s ended %s: %s on %s databases (errors: %s, warnings: %s, not performed: %s)"
            .formatted(
                plan,
                details.get("status"),
                details.get("verdict"),
                details.get("targets"),
                details.get("errors"),
                details.get("warnings"),
                details.get("notPerformed"));
    return new Notice(NoticeEvent.RUN_FINISHED, plan, text, details);
  }
}
