// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.approval.ApprovalPolicies;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalPolicyVersion;
import dev.plancheck.store.codec.ApprovalCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Approval policies in the table `approval_policy`, which only grows; the project's row lets one
/// writer after the other in.
final class PostgresApprovalPolicies implements ApprovalPolicies {
  private final Jdbi jdbi;

  PostgresApprovalPolicies(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public ApprovalPolicy get(String project) {
    return jdbi.withHandle(handle -> present(handle, project));
  }

  private static ApprovalPolicy present(Handle handle, String project) {
    var last = select(handle, project, 1);
    if (!last.isEmpty()) {
      return last.getFirst().policy();
    }
    return handle
        .createQuery("select 1 from plancheck.project where id = :project")
        .bind("project", project)
        .mapTo(Integer.class)
        .findOne()
        .map(_ -> ApprovalPolicy.NONE)
        .orElseThrow(() -> ApiException.notFound("projects/" + project));
  }

  @Override
  public ApprovalPolicyVersion replace(
      String project, String expected, ApprovalPolicy policy, String actor) {
    return jdbi.inTransaction(handle -> {
      lock(handle, project);
      var present = present(handle, project).hash();
      if (!present.equals(expected)) {
        throw ApprovalPolicies.stale(project, expected, present);
      }
      return insert(handle, project, policy, actor);
    });
  }

  private static void lock(Handle handle, String project) {
    var locked =
        handle
            .createQuery("select 1 from plancheck.project where id = :project for no key update")
            .bind("project", project)
            .mapTo(Integer.class)
            .findOne();
    if (locked.isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
  }

  private static ApprovalPolicyVersion insert(
      Handle handle, String project, ApprovalPolicy policy, String actor) {
    return handle
        .createQuery(
            """
            insert into plancheck.approval_policy (project_id, hash, policy, actor)
            values (:project, :hash, :policy::jsonb, :actor)
            returning *
            """)
        .bind("project", project)
        .bind("hash", policy.hash())
        .bind("policy", ApprovalCodec.toJson(policy))
        .bind("actor", StoredText.escape(actor))
        .map((row, _) -> version(row))
        .one();
  }

  @Override
  public List<ApprovalPolicyVersion> history(String project, int limit) {
    return jdbi.withHandle(handle -> select(handle, project, limit));
  }

  private static List<ApprovalPolicyVersion> select(Handle handle, String project, int limit) {
    return handle
        .createQuery(
            """
            select * from plancheck.approval_policy
            where project_id = :project
            order by id desc
            limit :limit
            """)
        .bind("project", project)
        .bind("limit", limit)
        .map((row, _) -> version(row))
        .list();
  }

  private static ApprovalPolicyVersion version(ResultSet row) throws SQLException {
    return new ApprovalPolicyVersion(
        row.getLong("id"),
        row.getString("project_id"),
        ApprovalCodec.policy(row.getString("policy")),
        StoredText.unescape(row.getString("actor")),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
