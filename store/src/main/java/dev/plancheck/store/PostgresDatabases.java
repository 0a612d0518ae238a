// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static java.util.stream.Collectors.toMap;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.store.codec.LabelsCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Databases in the table `database`; their environment is their instance's.
final class PostgresDatabases implements Databases {
  private static final int ROWS_AT_ONCE = 2_000;

  private final Jdbi jdbi;

  PostgresDatabases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Database> sync(String instance, Set<String> names) {
    var found = names.toArray(String[]::new);
    return jdbi.inTransaction(handle -> {
      if (!lockInstance(handle, instance)) {
        throw ApiException.notFound("instances/" + instance);
      }
      deleteOthers(handle, instance, found);
      insertAbsent(handle, instance, found);
      return selectOfInstance(handle, instance);
    });
  }

  @Override
  public Optional<Database> get(DatabaseName name) {
    return Optional.ofNullable(getAll(List.of(name)).get(name));
  }

  @Override
  public Map<DatabaseName, Database> getAll(Collection<DatabaseName> names) {
    var wanted = List.copyOf(names);
    var instances = wanted.stream().map(DatabaseName::instance).toArray(String[]::new);
    var databases = wanted.stream().map(DatabaseName::database).toArray(String[]::new);
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select distinct d.instance_id, d.name, coalesce(i.environment, '') as environment, d.labels
                from unnest(:instances::text[], :databases::text[]) as wanted (instance_id, name)
                join plancheck.database as d using (instance_id, name)
                join plancheck.instance as i on i.id = d.instance_id
                """)
            .bind("instances", instances)
            .bind("databases", databases)
            .map((row, _) -> database(row))
            .collect(toMap(Database::name, Function.identity())));
  }

  @Override
  public List<Database> list(@Nullable String instance, int limit, @Nullable DatabaseName after) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select d.instance_id, d.name, coalesce(i.environment, '') as environment, d.labels
                from plancheck.database as d
                join plancheck.instance as i on i.id = d.instance_id
                where (:instance::text is null or d.instance_id = :instance)
                  and (d.instance_id, d.name) > (:afterInstance, :afterName)
                order by d.instance_id, d.name
                limit :limit
                """)
            .bind("instance", instance)
            .bind("afterInstance", after == null ? "" : after.instance())
            .bind("afterName", after == null ? "" : after.database())
            .bind("limit", limit)
            .map((row, _) -> database(row))
            .list());
  }

  @Override
  public void readAll(Consumer<Database> each) {
    jdbi.useTransaction(handle ->
        handle
            .createQuery(
                """
                select d.instance_id, d.name, coalesce(i.environment, '') as environment, d.labels
                from plancheck.database as d
                join plancheck.instance as i on i.id = d.instance_id
                order by d.instance_id, d.name
                """)
            // In a transaction the driver keeps no more than these rows at once.
            .setFetchSize(ROWS_AT_ONCE)
            .map((row, _) -> database(row))
            .forEach(each));
  }

  @Override
  public Database label(DatabaseName name, SortedMap<String, String> labels) {
    if (!replaceLabels(name, labels)) {
      throw ApiException.notFound(name.toString());
    }
    return get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
  }

  /// Keeps the instance from being deleted, and other syncs of it waiting, until the end of the
  /// transaction.
  private static boolean lockInstance(Handle handle, String instance) {
    return handle
        .createQuery("select 1 from plancheck.instance where id = :instance for update")
        .bind("instance", instance)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static void deleteOthers(Handle handle, String instance, String[] found) {
    handle
        .createUpdate(
            """
            delete from plancheck.database
            where instance_id = :instance and name <> all (:found::text[])
            """)
        .bind("instance", instance)
        .bind("found", found)
        .execute();
  }

  private static void insertAbsent(Handle handle, String instance, String[] found) {
    handle
        .createUpdate(
            """
            insert into plancheck.database (instance_id, name)
            select :instance, name from unnest(:found::text[]) as found (name)
            on conflict (instance_id, name) do nothing
            """)
        .bind("instance", instance)
        .bind("found", found)
        .execute();
  }

  private static List<Database> selectOfInstance(Handle handle, String instance) {
    return handle
        .createQuery(
            """
            select d.instance_id, d.name, coalesce(i.environment, '') as environment, d.labels
            from plancheck.database as d
            join plancheck.instance as i on i.id = d.instance_id
            where d.instance_id = :instance
            order by d.name
            """)
        .bind("instance", instance)
        .map((row, _) -> database(row))
        .list();
  }

  private boolean replaceLabels(DatabaseName name, SortedMap<String, String> labels) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    update plancheck.database
                    set labels = :labels::jsonb
                    where instance_id = :instance and name = :name
                    """)
                .bind("instance", name.instance())
                .bind("name", name.database())
                .bind("labels", LabelsCodec.toJson(labels))
                .execute()
            == 1);
  }

  private static Database database(ResultSet row) throws SQLException {
    return new Database(
        new DatabaseName(row.getString("instance_id"), row.getString("name")),
        row.getString("environment"),
        LabelsCodec.fromJson(row.getString("labels")));
  }
}
