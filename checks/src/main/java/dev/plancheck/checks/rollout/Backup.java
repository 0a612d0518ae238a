// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.List;

/// Where the rows are that a task changed, as they were before.
public record Backup(List<BackedUpTable> tables) {
  public Backup {
    tables = List.copyOf(tables);
  }

  /// The rows of one table that one statement changed. Both names are qualified and quoted, as SQL
  /// wants them. `restoreSql` puts the rows back as they were; it is for the same database, and for
  /// the last statement's rows first where several statements changed the same table.
  public record BackedUpTable(
      int statement, String table, String backupTable, long rows, String restoreSql) {}
}
