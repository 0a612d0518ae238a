// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// `plancheck_record.applied_change`: what a database remembers of the tasks that changed it. Its
/// row is written first in the very transaction that applies a task, so that there is one exactly
/// if the task is applied. The schema is not called `plancheck`: a user of that name would find it
/// first in a search path, and create tables in it.
final class RecordTable {
  private static final OwnSchema PLACE =
      new OwnSchema(
          "plancheck_record",
          "applied_change",
          """
          CREATE TABLE IF NOT EXISTS plancheck_record.applied_change (
            task pg_catalog.text PRIMARY KEY,
            sheet pg_catalog.text NOT NULL,
            applied_at pg_catalog.timestamptz NOT NULL,
            applied_by pg_catalog.text NOT NULL);
          COMMENT ON TABLE plancheck_record.applied_change IS
            'Tasks of plancheck that changed this database. Without a row a task may run again.';
          """);

  private RecordTable() {}

  /// Null when it can be used; else why not. Makes it when it is missing, if `creates`.
  static @Nullable String prepare(Session session, String lockLimit, boolean creates)
      throws SQLException {
    return PLACE.prepare(session, lockLimit, creates);
  }

  /// Begins the transaction of a task. Waits, up to the lock limit, for an earlier transaction of
  /// the same task that is still open; fails with a duplicate key if it committed.
  static void begin(Session session, String task, String sheet, Limit limit) throws SQLException {
    session.ask(
        """
        BEGIN;
        SELECT pg_catalog.set_config('lock_timeout', ?, true),
          pg_catalog.set_config('statement_timeout', ?, true);
        INSERT INTO plancheck_record.applied_change (task, sheet, applied_at, applied_by)
          VALUES (?, ?, pg_catalog.clock_timestamp(), CURRENT_USER)
        """,
        limit.lock(),
        limit.statement(),
        task,
        sheet);
  }

  /// The SHA-256 of the sheet that the task applied; null if it applied none.
  static @Nullable String applied(Session session, String task) throws SQLException {
    return session.value(
        "SELECT sheet FROM plancheck_record.applied_change WHERE task OPERATOR(pg_catalog.=) ?",
        task);
  }

  /// Limits as the server's settings want them.
  record Limit(String lock, String statement) {}
}
