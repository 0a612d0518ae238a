// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.store.PlanCheckRunResult;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Result;
import dev.plancheck.store.codec.FlatForm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The two forms that the benchmark compares with: a row for each check of each target, as older
/// systems keep them, and one row with the flat list as JSON.
final class BenchForms {
  private static final int BATCH = 1000;

  private BenchForms() {}

  static void create(Connection sql) throws SQLException {
    execute(
        sql,
        """
        create table legacy (
          id serial primary key,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(),
          plan_id bigint not null,
          status text not null check (status in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')),
          type text not null,
          config jsonb not null default '{}',
          result jsonb not null default '{}',
          payload jsonb not null default '{}'
        );
        create index legacy_plan on legacy (plan_id);
        create table flat (
          plan_id bigint primary key, status text not null, result jsonb not null default '{}')
        """);
  }

  static void empty(Connection sql) throws SQLException {
    execute(sql, "truncate legacy, flat restart identity");
  }

  /// Three rows a target: inserted as RUNNING, updated once to DONE with what was found.
  static void storeLegacy(Connection sql, long plan, List<List<Result>> targets)
      throws SQLException {
    sql.setAutoCommit(false);
    try (var insert =
            sql.prepareStatement(
                """
                insert into legacy (plan_id, status, type, config)
                values (?, 'RUNNING', ?, jsonb_build_object('sheetUid', 101, 'changeDatabaseType',
                  'DDL', 'instanceUid', 7, 'databaseName', ?::text))
                """);
        var update =
            sql.prepareStatement(
                """
                update legacy set status = 'DONE', updated_at = now(), result = ?::jsonb
                where id = ?
                """)) {
      var rows = 0;
      for (var target : targets) {
        for (var type : CheckType.values()) {
          insert.setLong(1, plan);
          insert.setString(2, type.name());
          insert.setString(3, target.getFirst().target().database());
          insert.addBatch();
          flush(insert, ++rows);
        }
      }
      insert.executeBatch();
      sql.commit();
      var row = 0;
      for (var target : targets) {
        for (var type : CheckType.values()) {
          update.setString(1, legacy(target, type));
          update.setInt(2, ++row);
          update.addBatch();
          flush(update, row);
        }
      }
      update.executeBatch();
      sql.commit();
    } finally {
      sql.setAutoCommit(true);
    }
  }

  private static void flush(PreparedStatement batch, int rows) throws SQLException {
    if (rows % BATCH == 0) {
      batch.executeBatch();
    }
  }

  /// Of a row that says in columns what its results are about.
  private static String legacy(List<Result> target, CheckType type) {
    var own = target.stream().filter(result -> result.type() == type).toList();
    return FlatForm.toJson(own)
        .replaceAll("\"(target|spec|sheetSha256|type|outcome)\":\"[^\"]*\",?", "")
        .replace(",}", "}");
  }

  /// One row: inserted as RUNNING, updated once.
  static void storeFlat(Connection sql, long plan, String json) throws SQLException {
    try (var insert = sql.prepareStatement("insert into flat values (?, 'RUNNING')");
        var update =
            sql.prepareStatement(
                "update flat set status = 'DONE', result = ?::jsonb where plan_id = ?")) {
      insert.setLong(1, plan);
      insert.execute();
      update.setString(1, json);
      update.setLong(2, plan);
      update.execute();
    }
  }

  /// Reads and decodes lists of results; their number.
  static long readAll(Connection sql, String query) throws SQLException {
    sql.setAutoCommit(false);
    try (var statement = sql.createStatement()) {
      statement.setFetchSize(BATCH);
      var results = 0L;
      try (var rows = statement.executeQuery(query)) {
        while (rows.next()) {
          results += decoded(rows.getString(1)).getResultsCount();
        }
      }
      return results;
    } finally {
      sql.setAutoCommit(true);
    }
  }

  private static PlanCheckRunResult decoded(String json) {
    var results = PlanCheckRunResult.newBuilder();
    try {
      JsonFormat.parser().merge(json, results);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return results.build();
  }

  static long number(Connection sql, String query) throws SQLException {
    try (var statement = sql.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  static void execute(Connection sql, String command) throws SQLException {
    try (var statement = sql.createStatement()) {
      statement.execute(command);
    }
  }

  /// Results target by target.
  static List<List<Result>> byTarget(List<Result> results) {
    var targets = new ArrayList<List<Result>>();
    for (var result : results) {
      if (targets.isEmpty() || !targets.getLast().getFirst().target().equals(result.target())) {
        targets.add(new ArrayList<>());
      }
      targets.getLast().add(result);
    }
    return targets;
  }
}
