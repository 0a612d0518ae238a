// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Authors;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.store.codec.SpecsCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Plans in the table `plan`; the project's row hands out their numbers.
final class PostgresPlans implements Plans {
  /// What a writer writes; `specs` and `actor` as they are stored.
  private record Draft(String title, String specs, String actor) {}

  private final Jdbi jdbi;

  PostgresPlans(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Plan create(String project, String title, List<Spec> specs, String actor) {
    var stored = SpecsCodec.toJson(specs);
    return jdbi.inTransaction(handle -> {
      var number =
          takeNumber(handle, project)
              .orElseThrow(() -> ApiException.notFound("projects/" + project));
      var name = new PlanName(project, number);
      SheetUse.renew(handle, project, stored);
      insert(handle, name, new Draft(title, stored, StoredText.escape(actor)));
      return select(handle, name).orElseThrow();
    });
  }

  @Override
  public Optional<Plan> get(PlanName name) {
    return jdbi.withHandle(handle -> select(handle, name));
  }

  @Override
  public List<Plan> list(String project, int limit, long before) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select project_id, number, title, specs, version, created_by, updated_by, authors,
                  created_at, updated_at
                from plancheck.plan
                where project_id = :project and number < :before
                order by number desc
                limit :limit
                """)
            .bind("project", project)
            .bind("before", before)
            .bind("limit", limit)
            .map((row, _) -> plan(row))
            .list());
  }

  @Override
  public Plan update(Plan plan, String actor) {
    var draft = new Draft(plan.title(), SpecsCodec.toJson(plan.specs()), StoredText.escape(actor));
    return jdbi.inTransaction(handle -> {
      refuseWhileRolledOut(handle, plan.name());
      SheetUse.renew(handle, plan.name().project(), draft.specs());
      var replaced = replaceIfUnchanged(handle, plan, draft);
      var now =
          select(handle, plan.name())
              .orElseThrow(() -> ApiException.notFound(plan.name().toString()));
      if (!replaced) {
        throw ApiException.aborted(
            "version of %s: %d (expected: %d, the stored one; read the plan again)"
                .formatted(plan.name(), plan.version(), now.version()));
      }
      return now;
    });
  }

  /// Other creators in the project wait until the end of the transaction.
  private static Optional<Long> takeNumber(Handle handle, String project) {
    return handle
        .createQuery(
            """
            update plancheck.project
            set next_plan_number = next_plan_number + 1
            where id = :project
            returning next_plan_number - 1
            """)
        .bind("project", project)
        .mapTo(Long.class)
        .findOne();
  }

  private static void insert(Handle handle, PlanName name, Draft draft) {
    handle
        .createUpdate(
            """
            insert into plancheck.plan
              (project_id, number, title, specs, created_by, updated_by, authors)
            values (:project, :number, :title, :specs::jsonb, :actor, :actor, array[:actor::text])
            """)
        .bind("project", name.project())
        .bind("number", name.number())
        .bind("title", StoredText.escape(draft.title()))
        .bind("specs", draft.specs())
        .bind("actor", draft.actor())
        .execute();
  }

  private static Optional<Plan> select(Handle handle, PlanName name) {
    return handle
        .createQuery(
            """
            select project_id, number, title, specs, version, created_by, updated_by, authors,
              created_at, updated_at
            from plancheck.plan
            where project_id = :project and number = :number
            """)
        .bind("project", name.project())
        .bind("number", name.number())
        .map((row, _) -> plan(row))
        .findOne();
  }

  /// Locks the plan first, as whoever creates a rollout does.
  private static void refuseWhileRolledOut(Handle handle, PlanName name) {
    var plan = PlanLock.lock(handle, name);
    var live =
        handle
            .createQuery(
                """
                select exists (
                  select from plancheck.rollout
                  where plan_id = :plan and status in ('ACTIVE', 'CANCELING'))
                """)
            .bind("plan", plan.id())
            .mapTo(Boolean.class)
            .one();
    if (live) {
      throw Rollout.editRefused(name);
    }
  }

  private static boolean replaceIfUnchanged(Handle handle, Plan plan, Draft draft) {
    return handle
            .createUpdate(
                """
                update plancheck.plan
                set title = :title, specs = :specs::jsonb, version = version + 1,
                  updated_at = now(), updated_by = :actor,
                  authors = case when :actor = any (authors) then authors
                    else array_append(authors, :actor::text) end
                where project_id = :project and number = :number and version = :version
                """)
            .bind("project", plan.name().project())
            .bind("number", plan.name().number())
            .bind("version", plan.version())
            .bind("title", StoredText.escape(draft.title()))
            .bind("specs", draft.specs())
            .bind("actor", draft.actor())
            .execute()
        == 1;
  }

  private static Authors authors(ResultSet row) throws SQLException {
    return new Authors(
        StoredText.unescape(row.getString("created_by")),
        StoredText.unescape(row.getString("updated_by")),
        Arrays.stream((String[]) row.getArray("authors").getArray())
            .map(StoredText::unescape)
            .toList());
  }

  private static Plan plan(ResultSet row) throws SQLException {
    return new Plan(
        new PlanName(row.getString("project_id"), row.getLong("number")),
        StoredText.unescape(row.getString("title")),
        SpecsCodec.fromJson(row.getString("specs")),
        row.getInt("version"),
        authors(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
