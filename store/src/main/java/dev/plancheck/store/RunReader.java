// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.Origin;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRun.Times;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.store.codec.PoliciesCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Reads records of runs from their columns, without opening config or results.
final class RunReader {
  static final String COLUMNS =
      """
      r.id, p.project_id, p.number, r.status, r.verdict, r.attempt, r.plan_version,
      r.policies, r.rules_version, r.membership_hash, r.sampled_of, r.target_count,
      r.done_count, r.success_count, r.warning_count, r.error_count, r.not_performed_count,
      r.error, r.created_at, r.queued_at, r.started_at, r.updated_at, r.finished_at,
      r.oldest_result_at, r.origin, r.trusted_until
      """;

  private final Jdbi jdbi;

  RunReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<PlanCheckRun> get(PlanName plan) {
    return jdbi.withHandle(handle -> get(handle, plan));
  }

  static Optional<PlanCheckRun> get(Handle handle, PlanName plan) {
    return handle
        .createQuery(
            """
            select <columns>
            from plancheck.plan_check_run as r
            join plancheck.plan as p on p.id = r.plan_id
            where p.project_id = :project and p.number = :number
            """)
        .define("columns", COLUMNS)
        .bind("project", plan.project())
        .bind("number", plan.number())
        .map((row, _) -> run(row))
        .findOne();
  }

  List<PlanCheckRun> getAll(Collection<PlanName> plans) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select <columns>
                from unnest(:projects::text[], :numbers::bigint[]) as wanted (project_id, number)
                join plancheck.plan as p using (project_id, number)
                join plancheck.plan_check_run as r on r.plan_id = p.id
                """)
            .define("columns", COLUMNS)
            .bind("projects", projects(plans))
            .bind("numbers", numbers(plans))
            .map((row, _) -> run(row))
            .list());
  }

  List<PlanCheckRun> list(Query query) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select <columns>
                from plancheck.plan_check_run as r
                join plancheck.plan as p on p.id = r.plan_id
                where r.id > :afterId
                  and (:project::text is null or p.project_id = :project)
                  and (:anyPlan or (p.project_id, p.number) in
                    (select * from unnest(:projects::text[], :numbers::bigint[])))
                  and (:anyId or r.id = any (:ids::bigint[]))
                  and (:anyStatus or r.status = any (:statuses::text[]))
                  and (:anyResult
                    or 'SUCCESS' = any (:results::text[]) and r.success_count > 0
                    or 'WARNING' = any (:results::text[]) and r.warning_count > 0
                    or 'ERROR' = any (:results::text[])
                      and (r.error_count > 0 or r.not_performed_count > 0))
                order by r.id
                limit :limit
                """)
            .define("columns", COLUMNS)
            .bind("afterId", query.afterId())
            .bind("project", query.project())
            .bind("anyPlan", query.plans().isEmpty())
            .bind("projects", projects(query.plans()))
            .bind("numbers", numbers(query.plans()))
            .bind("anyId", query.ids().isEmpty())
            .bind("ids", query.ids().toArray(Long[]::new))
            .bind("anyStatus", query.statuses().isEmpty())
            .bind("statuses", names(query.statuses()))
            .bind("anyResult", query.resultStatuses().isEmpty())
            .bind("results", names(query.resultStatuses()))
            .bind("limit", query.limit())
            .map((row, _) -> run(row))
            .list());
  }

  private static String[] projects(Collection<PlanName> plans) {
    return plans.stream().map(PlanName::project).toArray(String[]::new);
  }

  private static Long[] numbers(Collection<PlanName> plans) {
    return plans.stream().map(PlanName::number).toArray(Long[]::new);
  }

  private static String[] names(Collection<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).toArray(String[]::new);
  }

  static PlanCheckRun run(ResultSet row) throws SQLException {
    var verdict = row.getString("verdict");
    return new PlanCheckRun(
        row.getLong("id"),
        new PlanName(row.getString("project_id"), row.getLong("number")),
        StoredNames.read(RunStatus.class, row.getString("status")),
        verdict == null ? null : StoredNames.read(Verdict.class, verdict),
        row.getInt("attempt"),
        row.getInt("plan_version"),
        PoliciesCodec.fromJson(row.getString("policies")),
        StoredText.unescape(row.getString("rules_version")),
        StoredText.unescape(row.getString("membership_hash")),
        StoredCounts.read(row),
        StoredText.unescape(row.getString("error")),
        times(row),
        origin(row));
  }

  private static Origin origin(ResultSet row) throws SQLException {
    return row.getString("origin").equals("LEGACY")
        ? new Origin.Legacy(instant(row, "trusted_until"))
        : Origin.CHECKED;
  }

  private static Times times(ResultSet row) throws SQLException {
    return new Times(
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("queued_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        instant(row, "finished_at"),
        instant(row, "oldest_result_at"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
