// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.EnvironmentOrdering;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Environments in the table `environment`. Who changes which there are, or their order, locks the
/// table: that is seldom, and readers do not wait for it.
final class PostgresEnvironments implements Environments {
  private final Jdbi jdbi;

  PostgresEnvironments(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Environment create(Environment environment) {
    jdbi.useTransaction(handle -> {
      lock(handle);
      var existing = selectAll(handle);
      if (existing.stream().anyMatch(one -> one.id().equals(environment.id()))) {
        throw ApiException.alreadyExists(Environment.name(environment.id()));
      }
      if (existing.size() >= Environment.MOST) {
        throw Environment.tooMany();
      }
      insertLast(handle, environment);
    });
    return environment;
  }

  @Override
  public Optional<Environment> get(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select id, title from plancheck.environment where id = :id")
            .bind("id", id)
            .map((row, _) -> environment(row))
            .findOne());
  }

  @Override
  public List<Environment> list() {
    return jdbi.withHandle(PostgresEnvironments::selectAll);
  }

  @Override
  public Environment update(Environment environment) {
    var changed =
        jdbi.withHandle(handle ->
            handle
                .createUpdate(
                    """
                    update plancheck.environment
                    set title = :title, updated_at = now()
                    where id = :id
                    """)
                .bind("id", environment.id())
                .bind("title", StoredText.escape(environment.title()))
                .execute());
    if (changed == 0) {
      throw ApiException.notFound(Environment.name(environment.id()));
    }
    return environment;
  }

  @Override
  public void delete(String id) {
    try {
      var deleted =
          jdbi.withHandle(handle ->
              handle
                  .createUpdate("delete from plancheck.environment where id = :id")
                  .bind("id", id)
                  .execute());
      if (deleted == 0) {
        throw ApiException.notFound(Environment.name(id));
      }
    } catch (UnableToExecuteStatementException e) {
      throw ForeignKeys.isViolated(e) ? inUse(id) : e;
    }
  }

  @Override
  public List<Environment> reorder(List<String> ids) {
    return jdbi.inTransaction(handle -> {
      lock(handle);
      EnvironmentOrdering.check(ids, selectAll(handle));
      handle
          .createUpdate(
              """
              update plancheck.environment
              set position = wanted.position, updated_at = now()
              from unnest(:ids::text[]) with ordinality as wanted (id, position)
              where environment.id = wanted.id
              """)
          .bind("ids", ids.toArray(String[]::new))
          .execute();
      return selectAll(handle);
    });
  }

  /// Until the end of the transaction. Instances may still be given an environment meanwhile.
  private static void lock(Handle handle) {
    handle.execute("lock table plancheck.environment in share row exclusive mode");
  }

  private static void insertLast(Handle handle, Environment environment) {
    handle
        .createUpdate(
            """
            insert into plancheck.environment (id, title, position)
            select :id, :title, coalesce(max(position), 0) + 1 from plancheck.environment
            """)
        .bind("id", environment.id())
        .bind("title", StoredText.escape(environment.title()))
        .execute();
  }

  static List<Environment> selectAll(Handle handle) {
    return handle
        .createQuery("select id, title from plancheck.environment order by position")
        .map((row, _) -> environment(row))
        .list();
  }

  /// Names one of the instances that use it, or its review policy, if there is still one.
  private ApiException inUse(String environment) {
    return governing(environment)
        .map(policy -> Environment.governed(environment, policy))
        .orElseGet(() -> usedBy(environment));
  }

  private Optional<String> governing(String environment) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id from plancheck.review_policy
                where environment = :environment
                order by id
                limit 1
                """)
            .bind("environment", environment)
            .mapTo(String.class)
            .findOne());
  }

  private ApiException usedBy(String environment) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id from plancheck.instance
                where environment = :environment
                order by id
                limit 1
                """)
            .bind("environment", environment)
            .mapTo(String.class)
            .findOne()
            .map(instance -> Environment.inUse(environment, instance))
            .orElseGet(() ->
                ApiException.aborted(
                    "%s was used while it was deleted; delete it again"
                        .formatted(Environment.name(environment)))));
  }

  private static Environment environment(ResultSet row) throws SQLException {
    return new Environment(row.getString("id"), StoredText.unescape(row.getString("title")));
  }
}
