// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.RunCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;

/// The counts of a run as columns of its row, and of its log.
final class StoredCounts {
  private StoredCounts() {}

  static RunCounts read(ResultSet row) throws SQLException {
    return new RunCounts(
        row.getInt("sampled_of"),
        row.getInt("target_count"),
        row.getInt("done_count"),
        row.getInt("success_count"),
        row.getInt("warning_count"),
        row.getInt("error_count"),
        row.getInt("not_performed_count"));
  }

  /// For a statement that names each of them, as the components of [RunCounts].
  static <S extends SqlStatement<S>> S bind(S statement, RunCounts counts) {
    return statement
        .bind("matched", counts.matched())
        .bind("targets", counts.targets())
        .bind("done", counts.done())
        .bind("success", counts.success())
        .bind("warning", counts.warning())
        .bind("error", counts.error())
        .bind("notPerformed", counts.notPerformed());
  }
}
