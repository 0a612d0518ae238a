// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/// The migration from one row per check to one record per plan, as a step of its own: the very SQL
/// that the schema's history has. It belongs into a transaction, together with whatever fills the
/// tables that it reads and drops.
final class Consolidation {
  private static final String SQL = "migrations/V12__consolidate_rows_per_check.sql";

  /// `project` gets the plans. `trustDays` is how long an operator vouches for their results, from
  /// the oldest of each plan; 0 is not at all. `budget` is the most bytes of a part of a result.
  record Settings(String project, int trustDays, long budget) {}

  private Consolidation() {}

  static String sql() {
    try (InputStream sql =
        Objects.requireNonNull(Consolidation.class.getResourceAsStream(SQL), SQL)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the tables that rows of another database are copied into.
  static void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          create table plancheck.legacy_plan (
            id bigint primary key,
            project text not null,
            name text not null,
            config jsonb not null
          );
          create table plancheck.legacy_plan_check_run (
            id bigint primary key,
            created_at timestamptz not null,
            updated_at timestamptz not null,
            plan_id bigint not null,
            status text not null,
            type text not null,
            config jsonb,
            result jsonb
          );
          """);
    }
  }

  static void run(Connection connection, Settings settings, String sql) throws SQLException {
    set(connection, "plancheck.legacy_project", settings.project());
    set(
        connection,
        "plancheck.legacy_trust_days",
        settings.trustDays() == 0 ? "" : String.valueOf(settings.trustDays()));
    set(connection, "plancheck.legacy_budget", String.valueOf(settings.budget()));
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Until the end of the transaction.
  private static void set(Connection connection, String name, String value) throws SQLException {
    try (var statement = connection.prepareStatement("select set_config(?, ?, true)")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.execute();
    }
  }
}
