// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sheet changes in one database.
///
/// `fingerprint` is that of the snapshot this was read from: databases with an equal one look alike
/// to the sheet, and a rollout compares it again before it touches the database. `statementTypes`
/// has one entry per statement, in order: `ALTER TABLE`, `ALTER TABLE DROP COLUMN`, `UPDATE`.
/// `affected` is the sum over all tables.
public record SummaryReport(
    String fingerprint,
    List<String> statementTypes,
    List<ChangedTable> changedTables,
    AffectedRows affected) {
  public SummaryReport {
    statementTypes = List.copyOf(statementTypes);
    changedTables = List.copyOf(changedTables);
  }

  /// `table` is schema-qualified. `rows` is the server's own estimate and `bytes` the size with
  /// indexes, as they were before the change: 0 of a table that was not there; null is unknown.
  /// `alteration` is null where no table in use is altered, and for PostgreSQL, whose rules tell
  /// that.
  public record ChangedTable(
      String table,
      @Nullable Long rows,
      @Nullable Long bytes,
      AffectedRows affected,
      @Nullable Alteration alteration) {
    /// A table that is not altered.
    public ChangedTable(
        String table, @Nullable Long rows, @Nullable Long bytes, AffectedRows affected) {
      this(table, rows, bytes, affected, null);
    }
  }
}
