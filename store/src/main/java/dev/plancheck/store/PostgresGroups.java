// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Database groups in the table `database_group`.
final class PostgresGroups implements DatabaseGroups {
  private final Jdbi jdbi;

  PostgresGroups(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public DatabaseGroup create(DatabaseGroup group) {
    try {
      if (!insertIfAbsent(group)) {
        throw ApiException.alreadyExists(group.name().toString());
      }
    } catch (UnableToExecuteStatementException e) {
      throw ForeignKeys.isViolated(e)
          ? ApiException.notFound("projects/" + group.name().project())
          : e;
    }
    return group;
  }

  @Override
  public Optional<DatabaseGroup> get(GroupName name) {
    return jdbi.withHandle(handle ->
        named(
                handle.createQuery(
                    """
                    select project_id, id, title, expression
                    from plancheck.database_group
                    where project_id = :project and id = :id
                    """),
                name)
            .map((row, _) -> group(row))
            .findOne());
  }

  @Override
  public List<DatabaseGroup> list(String project, int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select project_id, id, title, expression
                from plancheck.database_group
                where project_id = :project and id > :afterId
                order by id
                limit :limit
                """)
            .bind("project", project)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> group(row))
            .list());
  }

  @Override
  public DatabaseGroup update(DatabaseGroup group) {
    if (!replace(group)) {
      throw ApiException.notFound(group.name().toString());
    }
    return group;
  }

  @Override
  public boolean delete(GroupName name) {
    return jdbi.withHandle(handle ->
        named(
                    handle.createUpdate(
                        """
                        delete from plancheck.database_group
                        where project_id = :project and id = :id
                        """),
                    name)
                .execute()
            == 1);
  }

  private boolean insertIfAbsent(DatabaseGroup group) {
    return jdbi.withHandle(handle ->
        named(
                    handle.createUpdate(
                        """
                        insert into plancheck.database_group (project_id, id, title, expression)
                        values (:project, :id, :title, :expression)
                        on conflict (project_id, id) do nothing
                        """),
                    group.name())
                .bind("title", StoredText.escape(group.title()))
                .bind("expression", StoredText.escape(group.expression()))
                .execute()
            == 1);
  }

  private boolean replace(DatabaseGroup group) {
    return jdbi.withHandle(handle ->
        named(
                    handle.createUpdate(
                        """
                        update plancheck.database_group
                        set title = :title, expression = :expression, updated_at = now()
                        where project_id = :project and id = :id
                        """),
                    group.name())
                .bind("title", StoredText.escape(group.title()))
                .bind("expression", StoredText.escape(group.expression()))
                .execute()
            == 1);
  }

  private static <T extends SqlStatement<T>> T named(T statement, GroupName name) {
    return statement.bind("project", name.project()).bind("id", name.id());
  }

  private static DatabaseGroup group(ResultSet row) throws SQLException {
    return new DatabaseGroup(
        new GroupName(row.getString("project_id"), row.getString("id")),
        StoredText.unescape(row.getString("title")),
        StoredText.unescape(row.getString("expression")));
  }
}
