// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseName;
import dev.plancheck.checks.plan.Releases;
import dev.plancheck.store.codec.ReleaseCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Releases in the table `release`.
final class PostgresReleases implements Releases {
  private final Jdbi jdbi;

  PostgresReleases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Release create(ReleaseName name, String title, List<Release.File> files) {
    try {
      if (!insertIfAbsent(name, title, files)) {
        throw ApiException.alreadyExists(name.toString());
      }
    } catch (UnableToExecuteStatementException e) {
      throw ForeignKeys.isViolated(e) ? ApiException.notFound("projects/" + name.project()) : e;
    }
    return get(name).orElseThrow();
  }

  @Override
  public Optional<Release> get(ReleaseName name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select project_id, id, title, files, created_at
                from plancheck.release
                where project_id = :project and id = :id
                """)
            .bind("project", name.project())
            .bind("id", name.id())
            .map((row, _) -> release(row))
            .findOne());
  }

  @Override
  public List<Release> list(String project, int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select project_id, id, title, files, created_at
                from plancheck.release
                where project_id = :project and id > :afterId
                order by id
                limit :limit
                """)
            .bind("project", project)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> release(row))
            .list());
  }

  private boolean insertIfAbsent(ReleaseName name, String title, List<Release.File> files) {
    var stored = ReleaseCodec.toJson(files);
    return jdbi.inTransaction(handle -> {
      SheetUse.renew(handle, name.project(), stored);
      return handle
              .createUpdate(
                  """
                  insert into plancheck.release (project_id, id, title, files)
                  values (:project, :id, :title, :files::jsonb)
                  on conflict (project_id, id) do nothing
                  """)
              .bind("project", name.project())
              .bind("id", name.id())
              .bind("title", StoredText.escape(title))
              .bind("files", stored)
              .execute()
          == 1;
    });
  }

  private static Release release(ResultSet row) throws SQLException {
    return new Release(
        new ReleaseName(row.getString("project_id"), row.getString("id")),
        StoredText.unescape(row.getString("title")),
        ReleaseCodec.fromJson(row.getString("files")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
