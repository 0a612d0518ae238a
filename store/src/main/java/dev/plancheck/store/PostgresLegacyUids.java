// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static java.util.stream.Collectors.toMap;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.legacy.LegacyCheck;
import dev.plancheck.checks.legacy.LegacyStatus;
import dev.plancheck.checks.legacy.LegacyUid;
import dev.plancheck.checks.legacy.LegacyUid.Told;
import dev.plancheck.checks.legacy.LegacyUids;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Names of virtual runs in the table `plan_check_run_legacy_uid`, which says what they are.
final class PostgresLegacyUids implements LegacyUids {
  private record Found(long asked, LegacyUid uid) {}

  private final Jdbi jdbi;

  PostgresLegacyUids(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<LegacyUid> give(PlanName plan, Collection<LegacyCheck> checks) {
    var wanted = checks.stream().distinct().toList();
    return jdbi.withHandle(handle -> {
      var id = plan(handle, plan);
      var given = select(handle, id, wanted);
      if (given.size() < wanted.size()) {
        insert(handle, id, wanted);
        given = select(handle, id, wanted);
      }
      return given;
    });
  }

  private static long plan(Handle handle, PlanName plan) {
    return handle
        .createQuery(
            "select id from plancheck.plan where project_id = :project and number = :number")
        .bind("project", plan.project())
        .bind("number", plan.number())
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() -> ApiException.notFound(plan.toString()));
  }

  private static List<LegacyUid> select(Handle handle, long plan, List<LegacyCheck> checks) {
    var query =
        handle
            .createQuery(
                """
                select given.*
                from unnest(:targets::text[], :sheets::text[], :types::text[])
                  as wanted (target, sheet, type)
                join plancheck.plan_check_run_legacy_uid as given using (target, sheet, type)
                where given.plan_id = :plan and given.listed
                order by given.uid
                """)
            .bind("plan", plan);
    return bind(query, checks).map((row, _) -> uid(row)).list();
  }

  /// What has a name already is left out first, so that no numbers are lost on it.
  private static void insert(Handle handle, long plan, List<LegacyCheck> checks) {
    var update =
        handle
            .createUpdate(
                """
                insert into plancheck.plan_check_run_legacy_uid (plan_id, target, sheet, type)
                select :plan, wanted.target, wanted.sheet, wanted.type
                from unnest(:targets::text[], :sheets::text[], :types::text[])
                  with ordinality as wanted (target, sheet, type, place)
                where not exists (
                  select from plancheck.plan_check_run_legacy_uid as given
                  where given.plan_id = :plan and given.listed
                    and given.target = wanted.target
                    and given.sheet = wanted.sheet
                    and given.type = wanted.type)
                order by wanted.place
                on conflict (plan_id, target, sheet, type) where listed do nothing
                """)
            .bind("plan", plan);
    bind(update, checks).execute();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, List<LegacyCheck> checks) {
    return statement
        .bind("targets", texts(checks, check -> StoredText.escape(check.target().toString())))
        .bind("sheets", texts(checks, LegacyCheck::sheet))
        .bind("types", texts(checks, check -> check.type().name()));
  }

  private static String[] texts(List<LegacyCheck> checks, Function<LegacyCheck, String> text) {
    return checks.stream().map(text).toArray(String[]::new);
  }

  @Override
  public Map<Long, LegacyUid> find(PlanName plan, Set<Long> uids) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select asked.uid as asked, listed.*
                from plancheck.plan as p
                join plancheck.plan_check_run_legacy_uid as asked on asked.plan_id = p.id
                join plancheck.plan_check_run_legacy_uid as listed
                  using (plan_id, target, sheet, type)
                where p.project_id = :project and p.number = :number
                  and asked.uid = any(:uids) and listed.listed
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .bind("uids", uids.toArray(Long[]::new))
            .map((row, _) -> new Found(row.getLong("asked"), uid(row)))
            .collect(toMap(Found::asked, Found::uid)));
  }

  private static LegacyUid uid(ResultSet row) throws SQLException {
    var check =
        new LegacyCheck(
            DatabaseName.parse(StoredText.unescape(row.getString("target"))),
            row.getString("sheet"),
            StoredNames.read(CheckType.class, row.getString("type")));
    return new LegacyUid(row.getLong("uid"), check, told(row));
  }

  private static @Nullable Told told(ResultSet row) throws SQLException {
    var attempt = row.getInt("told_attempt");
    return attempt == 0
        ? null
        : new Told(
            attempt,
            StoredNames.read(LegacyStatus.class, row.getString("told_status")),
            StoredText.unescape(row.getString("told_error")),
            row.getObject("told_at", OffsetDateTime.class).toInstant());
  }
}
