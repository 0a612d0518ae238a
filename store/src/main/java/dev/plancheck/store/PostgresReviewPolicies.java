// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.policy.ReviewPolicy;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Review policies in the table `review_policy`, and their texts in `review_policy_text`.
final class PostgresReviewPolicies implements ReviewPolicies {
  private final Jdbi jdbi;

  PostgresReviewPolicies(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public ReviewPolicy create(Draft draft) {
    try {
      return jdbi.inTransaction(handle -> {
        keep(handle, draft.text());
        if (!insertIfAbsent(handle, draft)) {
          throw taken(handle, draft);
        }
        return get(handle, draft.id()).orElseThrow();
      });
    } catch (UnableToExecuteStatementException e) {
      throw ForeignKeys.isViolated(e) ? unknown(draft) : e;
    }
  }

  private static boolean insertIfAbsent(Handle handle, Draft draft) {
    return handle
            .createUpdate(
                """
                insert into plancheck.review_policy
                  (id, title, project_id, environment, hash, updated_by)
                values (:id, :title, :project, :environment, :hash, :actor)
                on conflict do nothing
                """)
            .bind("id", draft.id())
            .bind("title", StoredText.escape(draft.title()))
            .bind("project", draft.scope().project())
            .bind("environment", draft.scope().environment())
            .bind("hash", draft.text().hash())
            .bind("actor", StoredText.escape(draft.actor()))
            .execute()
        == 1;
  }

  /// Says which of both, id or scope, is taken.
  private static ApiException taken(Handle handle, Draft draft) {
    if (get(handle, draft.id()).isPresent()) {
      return ApiException.alreadyExists(ReviewPolicy.name(draft.id()));
    }
    return handle
        .createQuery(
            """
            select id from plancheck.review_policy
            where project_id is not distinct from :project
              and environment is not distinct from :environment
            """)
        .bind("project", draft.scope().project())
        .bind("environment", draft.scope().environment())
        .mapTo(String.class)
        .findOne()
        .map(other -> ReviewPolicy.taken(draft.scope(), other))
        .orElseGet(() -> ReviewPolicy.changed(draft.id()));
  }

  private ApiException unknown(Draft draft) {
    var project = draft.scope().project();
    var environment = draft.scope().environment();
    return project != null && new PostgresProjects(jdbi).get(project).isEmpty()
        ? ReviewPolicy.unknownProject(project)
        : ReviewPolicy.unknownEnvironment(String.valueOf(environment));
  }

  @Override
  public Optional<ReviewPolicy> get(String id) {
    return jdbi.withHandle(handle -> get(handle, id));
  }

  private static Optional<ReviewPolicy> get(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select p.*, t.text
            from plancheck.review_policy as p
            join plancheck.review_policy_text as t using (hash)
            where p.id = :id
            """)
        .bind("id", id)
        .map((row, _) -> policy(row))
        .findOne();
  }

  @Override
  public List<ReviewPolicy> list(int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select p.*, t.text
                from plancheck.review_policy as p
                join plancheck.review_policy_text as t using (hash)
                where p.id > :afterId
                order by p.id
                limit :limit
                """)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> policy(row))
            .list());
  }

  @Override
  public ReviewPolicy update(Draft draft, int version) {
    return jdbi.inTransaction(handle -> {
      keep(handle, draft.text());
      var changed = change(handle, draft, version);
      var policy =
          get(handle, draft.id())
              .orElseThrow(() -> ApiException.notFound(ReviewPolicy.name(draft.id())));
      if (!changed) {
        throw ReviewPolicy.changed(draft.id());
      }
      return policy;
    });
  }

  private static boolean change(Handle handle, Draft draft, int version) {
    return handle
            .createUpdate(
                """
                update plancheck.review_policy
                set title = :title, hash = :hash, version = version + 1, updated_by = :actor,
                  updated_at = greatest(updated_at, clock_timestamp())
                where id = :id and version = :version
                """)
            .bind("id", draft.id())
            .bind("title", StoredText.escape(draft.title()))
            .bind("hash", draft.text().hash())
            .bind("actor", StoredText.escape(draft.actor()))
            .bind("version", version)
            .execute()
        == 1;
  }

  @Override
  public void delete(String id) {
    var deleted =
        jdbi.withHandle(handle ->
            handle
                .createUpdate("delete from plancheck.review_policy where id = :id")
                .bind("id", id)
                .execute());
    if (deleted == 0) {
      throw ApiException.notFound(ReviewPolicy.name(id));
    }
  }

  @Override
  public List<Ruling> inForce(String project) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, project_id, environment, hash
                from plancheck.review_policy
                where project_id is null or project_id = :project
                """)
            .bind("project", project)
            .map((row, _) -> new Ruling(scope(row), row.getString("id"), row.getString("hash")))
            .list());
  }

  @Override
  public void keep(PolicyText text) {
    jdbi.useHandle(handle -> keep(handle, text));
  }

  private static void keep(Handle handle, PolicyText text) {
    handle
        .createUpdate(
            """
            insert into plancheck.review_policy_text (hash, text)
            values (:hash, :text)
            on conflict (hash) do nothing
            """)
        .bind("hash", text.hash())
        .bind("text", StoredText.escape(text.text()))
        .execute();
  }

  @Override
  public Optional<PolicyText> text(String hash) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select hash, text from plancheck.review_policy_text where hash = :hash")
            .bind("hash", hash)
            .map((row, _) -> text(row))
            .findOne());
  }

  private static ReviewPolicy policy(ResultSet row) throws SQLException {
    return new ReviewPolicy(
        row.getString("id"),
        StoredText.unescape(row.getString("title")),
        scope(row),
        text(row),
        row.getInt("version"),
        StoredText.unescape(row.getString("updated_by")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static PolicyScope scope(ResultSet row) throws SQLException {
    return new PolicyScope(row.getString("project_id"), row.getString("environment"));
  }

  private static PolicyText text(ResultSet row) throws SQLException {
    return new PolicyText(row.getString("hash"), StoredText.unescape(row.getString("text")));
  }
}
