// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/// The database of a deployment with one row per check: read in one transaction that cannot write,
/// and streamed, so that memory does not grow with the number of rows.
final class LegacySource implements AutoCloseable {
  private static final String RUNS = "plan_check_run";
  private static final String PLANS = "plan";
  private static final int TELL_EVERY = 100_000;
  private static final Set<String> NUMBER = Set.of("smallint", "integer", "bigint");
  private static final Set<String> TEXT = Set.of("text", "character varying");
  private static final Set<String> TIME =
      Set.of("timestamp with time zone", "timestamp without time zone");
  private static final Set<String> JSON = Set.of("jsonb", "json");
  private static final Map<String, Set<String>> SHAPE =
      new TreeMap<>(
          Map.of(
              "id", NUMBER,
              "created_at", TIME,
              "updated_at", TIME,
              "plan_id", NUMBER,
              "status", TEXT,
              "type", TEXT,
              "config", JSON,
              "result", JSON));

  private final Connection connection;
  private final String place;
  private final Consumer<String> progress;

  private LegacySource(Connection connection, String place, Consumer<String> progress) {
    this.connection = connection;
    this.place = place;
    this.progress = progress;
  }

  /// Throws [StorageException] when the source cannot be read or is not what it should be.
  static LegacySource open(StorageConfig source, Consumer<String> progress) throws SQLException {
    var connection = connect(source);
    var complete = false;
    try {
      var opened = new LegacySource(connection, source.place(), progress);
      opened.requireShape();
      complete = true;
      return opened;
    } finally {
      if (!complete) {
        connection.close();
      }
    }
  }

  private static Connection connect(StorageConfig source) {
    try {
      var connection = new Connections(source).connect();
      connection.setAutoCommit(false);
      // A large copy takes longer than any statement of ours.
      connection.setNetworkTimeout(Runnable::run, 0);
      try (var statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
        statement.execute("set local timezone = 'UTC'");
      }
      return connection;
    } catch (SQLException e) {
      throw new StorageException(
          "cannot read the legacy database %s: %s. Check that it runs, and its address, user and password"
              .formatted(source.place(), Connections.words(e)),
          e);
    }
  }

  /// Copies plans and rows into the tables that [Consolidation#prepare] made; the number of rows.
  long copy(Connection target) throws SQLException {
    copyPlans(target);
    return transfer(
        target,
        """
        copy (
          select id::bigint, created_at::timestamptz, updated_at::timestamptz, plan_id::bigint,
            status::text, type::text, config::jsonb, result::jsonb
          from plan_check_run
        ) to stdout (format binary)
        """,
        """
        copy plancheck.legacy_plan_check_run
          (id, created_at, updated_at, plan_id, status, type, config, result)
        from stdin (format binary)
        """);
  }

  private void requireShape() {
    var columns = columns(RUNS);
    if (columns.isEmpty()) {
      throw refused("has no table plan_check_run (expected: in the search path of its user)");
    }
    for (var wanted : SHAPE.entrySet()) {
      var type = columns.get(wanted.getKey());
      if (type == null) {
        throw refused(
            "has a table plan_check_run without the column %s (expected: one row per check, with the columns %s)"
                .formatted(wanted.getKey(), String.join(", ", SHAPE.keySet())));
      }
      if (!wanted.getValue().contains(type)) {
        throw refused(
            "has a table plan_check_run whose column %s is of type %s (expected: %s)"
                .formatted(
                    wanted.getKey(), type, String.join(" or ", new TreeSet<>(wanted.getValue()))));
      }
    }
    if (!isReadable(RUNS)) {
      throw refused("does not let its user read the table plan_check_run (expected: GRANT SELECT)");
    }
  }

  /// Plans say which spec a row belongs to, but rows do without.
  private void copyPlans(Connection target) throws SQLException {
    var columns = columns(PLANS);
    if (!NUMBER.contains(columns.getOrDefault("id", "")) || !isReadable(PLANS)) {
      progress.accept("no table plan to read: plans are made of what their rows say");
      return;
    }
    var project = TEXT.contains(columns.getOrDefault("project", "")) ? "project::text" : "null";
    var name = TEXT.contains(columns.getOrDefault("name", "")) ? "name::text" : "null";
    var config = JSON.contains(columns.getOrDefault("config", "")) ? "config::jsonb" : "null";
    transfer(
        target,
        """
        copy (
          select id::bigint, coalesce(%s, ''), coalesce(%s, ''), coalesce(%s, '{}'::jsonb)
          from plan
          where id in (select plan_id from plan_check_run)
        ) to stdout (format binary)
        """
            .formatted(project, name, config),
        "copy plancheck.legacy_plan (id, project, name, config) from stdin (format binary)");
  }

  private long transfer(Connection target, String from, String into) throws SQLException {
    var out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(from);
    var in = target.unwrap(PGConnection.class).getCopyAPI().copyIn(into);
    try {
      var rows = 0L;
      for (var row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
        in.writeToCopy(row, 0, row.length);
        rows++;
        if (rows % TELL_EVERY == 0) {
          progress.accept(String.format(Locale.ROOT, "%,d rows read", rows));
        }
      }
      return in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /// Types of columns by their names; empty for a table that is not there.
  private Map<String, String> columns(String table) {
    try (var query =
        connection.prepareStatement(
            """
            select attname, format_type(atttypid, null) as type
            from pg_attribute
            where attrelid = to_regclass(?) and attnum > 0 and not attisdropped
            """)) {
      query.setString(1, table);
      var columns = new TreeMap<String, String>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString("attname"), row.getString("type"));
        }
      }
      return columns;
    } catch (SQLException e) {
      throw new StorageException(
          "cannot read the legacy database %s: %s".formatted(place, Connections.words(e)), e);
    }
  }

  private boolean isReadable(String table) {
    try (var query =
        connection.prepareStatement("select has_table_privilege(to_regclass(?), 'select')")) {
      query.setString(1, table);
      try (var row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new StorageException(
          "cannot read the legacy database %s: %s".formatted(place, Connections.words(e)), e);
    }
  }

  private StorageException refused(String problem) {
    return new StorageException("the legacy database %s %s".formatted(place, problem));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
