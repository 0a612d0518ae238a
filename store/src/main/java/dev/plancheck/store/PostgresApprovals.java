// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.approval.ApprovalDecision;
import dev.plancheck.checks.approval.ApprovalRecords;
import dev.plancheck.checks.approval.Assessment;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.store.codec.ApprovalCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Decisions in the table `approval_decision`, which only grows, and assessments beside them.
final class PostgresApprovals implements ApprovalRecords {
  private final Jdbi jdbi;

  PostgresApprovals(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public ApprovalDecision add(ApprovalDecision decision, long after) {
    return jdbi.inTransaction(handle -> {
      var plan = PlanLock.lock(handle, decision.plan());
      plan.require(decision.binding().planVersion(), decision.binding().attempt());
      if (last(handle, plan) != after) {
        throw ApprovalRecords.overtaken(decision.plan());
      }
      return insert(handle, plan.id(), decision);
    });
  }

  private static long last(Handle handle, PlanLock plan) {
    return handle
        .createQuery(
            "select coalesce(max(id), 0) from plancheck.approval_decision where plan_id = :plan")
        .bind("plan", plan.id())
        .mapTo(Long.class)
        .one();
  }

  private static ApprovalDecision insert(Handle handle, long plan, ApprovalDecision decision) {
    var binding = decision.binding();
    return handle
        .createQuery(
            """
            insert into plancheck.approval_decision
              (plan_id, kind, step, role, actor, comment, plan_version, attempt, risk, binding)
            values (:plan, :kind, :step, :role, :actor, :comment, :version, :attempt, :risk,
              :binding::jsonb)
            returning *
            """)
        .bind("plan", plan)
        .bind("kind", decision.kind().name())
        .bind("step", decision.step())
        .bind("role", StoredText.escape(decision.role()))
        .bind("actor", StoredText.escape(decision.actor()))
        .bind("comment", StoredText.escape(decision.comment()))
        .bind("version", binding.planVersion())
        .bind("attempt", binding.attempt())
        .bind("risk", binding.risk().name())
        .bind("binding", ApprovalCodec.toJson(binding))
        .map((row, _) -> decision(decision.plan(), row))
        .one();
  }

  @Override
  public List<ApprovalDecision> list(PlanName plan) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select d.*
                from plancheck.approval_decision as d
                join plancheck.plan as p on p.id = d.plan_id
                where p.project_id = :project and p.number = :number
                order by d.id
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .map((row, _) -> decision(plan, row))
            .list());
  }

  private static ApprovalDecision decision(PlanName plan, ResultSet row) throws SQLException {
    var columns =
        new ApprovalCodec.Columns(
            row.getInt("plan_version"),
            row.getInt("attempt"),
            StoredNames.read(Risk.class, row.getString("risk")));
    return new ApprovalDecision(
        row.getLong("id"),
        plan,
        StoredNames.read(ApprovalDecision.Kind.class, row.getString("kind")),
        row.getInt("step"),
        StoredText.unescape(row.getString("role")),
        StoredText.unescape(row.getString("actor")),
        StoredText.unescape(row.getString("comment")),
        ApprovalCodec.binding(row.getString("binding"), columns),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  @Override
  public Optional<Assessment> assessment(PlanName plan, String key) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select a.assessment
                from plancheck.approval_assessment as a
                join plancheck.plan as p on p.id = a.plan_id
                where p.project_id = :project and p.number = :number and a.key = :key
                """)
            .bind("project", plan.project())
            .bind("number", plan.number())
            .bind("key", key)
            .mapTo(String.class)
            .findOne()
            .map(ApprovalCodec::assessment));
  }

  @Override
  public void keep(PlanName plan, String key, Assessment assessment) {
    var kept =
        jdbi.withHandle(handle ->
            handle
                .createUpdate(
                    """
                    insert into plancheck.approval_assessment (plan_id, key, assessment)
                    select id, :key, :assessment::jsonb
                    from plancheck.plan
                    where project_id = :project and number = :number
                    on conflict (plan_id) do update
                    set key = excluded.key, assessment = excluded.assessment, at = now()
                    """)
                .bind("project", plan.project())
                .bind("number", plan.number())
                .bind("key", key)
                .bind("assessment", ApprovalCodec.toJson(assessment))
                .execute());
    if (kept == 0) {
      throw ApiException.notFound(plan.toString());
    }
  }
}
