// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.store.codec.SettingsCodec;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Projects in the table `project`.
final class PostgresProjects implements Projects {
  private final Jdbi jdbi;

  PostgresProjects(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Project create(Project project) {
    if (!insertIfAbsent(project)) {
      throw ApiException.alreadyExists("projects/" + project.id());
    }
    return project;
  }

  @Override
  public Optional<Project> get(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select id, title, settings from plancheck.project where id = :id")
            .bind("id", id)
            .map((row, _) -> project(row))
            .findOne());
  }

  @Override
  public List<Project> list(int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, title, settings
                from plancheck.project
                where id > :afterId
                order by id
                limit :limit
                """)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> project(row))
            .list());
  }

  @Override
  public Project update(Project project) {
    if (!replace(project)) {
      throw ApiException.notFound("projects/" + project.id());
    }
    return project;
  }

  private boolean insertIfAbsent(Project project) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    insert into plancheck.project (id, title, settings)
                    values (:id, :title, :settings::jsonb)
                    on conflict (id) do nothing
                    """)
                .bind("id", project.id())
                .bind("title", StoredText.escape(project.title()))
                .bind("settings", SettingsCodec.toJson(project.settings()))
                .execute()
            == 1);
  }

  private boolean replace(Project project) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    update plancheck.project
                    set title = :title, settings = :settings::jsonb, updated_at = now()
                    where id = :id
                    """)
                .bind("id", project.id())
                .bind("title", StoredText.escape(project.title()))
                .bind("settings", SettingsCodec.toJson(project.settings()))
                .execute()
            == 1);
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        row.getString("id"),
        StoredText.unescape(row.getString("title")),
        SettingsCodec.fromJson(row.getString("settings")));
  }
}
