// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Warned;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.targets.mysql.ghost.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Copies rows into the altered copy as gh-ost does, and reads what the server warns of. No value
/// of a row is kept: of a warning only its number counts.
final class RowCopy {
  /// More are counted by the server, but not kept.
  static final int MOST_WARNINGS = 20_000;

  private final Writing writing;
  private final TrialOrder order;
  private final Copy copy;

  RowCopy(Writing writing, TrialOrder order, Copy copy) {
    this.writing = writing;
    this.order = order;
    this.copy = copy;
  }

  /// `made` are the columns of the altered copy.
  Copied run(List<Column> made) {
    try {
      return copied(made);
    } catch (SQLException e) {
      // The server's words may repeat values.
      return new Copied.Untold(
          Refusals.isEnd(e)
              ? "Rows could not be copied to try the ALTER on them: it took too long, or was ended"
              : "The server refused to copy rows to try the ALTER on them (error %d)"
                  .formatted(e.getErrorCode()));
    }
  }

  private Copied copied(List<Column> made) throws SQLException {
    var into = new ArrayList<String>();
    var from = new ArrayList<String>();
    for (var column : made) {
      for (var before : order.columns()) {
        if (!column.generated() && column.name().equalsIgnoreCase(before)) {
          into.add(Sql.name(column.name()));
          from.add(Sql.name(before));
        }
      }
    }
    if (into.isEmpty()) {
      return new Copied.Untold("No column of the table is one of its altered copy");
    }
    var before = rowsOfTheTable();
    writing.run(
        "INSERT IGNORE INTO %s (%s) SELECT %s FROM %s LIMIT %d"
            .formatted(
                copy.sql(),
                String.join(", ", into),
                String.join(", ", from),
                table(),
                order.rows()));
    return counted(before);
  }

  /// Nothing else may be asked between the copy and its warnings.
  private Copied counted(long before) throws SQLException {
    var all = number("SHOW COUNT(*) WARNINGS");
    var warnings = new TreeMap<Warned, Long>();
    long kept =
        writing.read(
            "SHOW WARNINGS",
            rows -> {
              var read = 0L;
              while (rows.next()) {
                warnings.merge(warned(rows), 1L, Long::sum);
                read++;
              }
              return read;
            });
    var arrived = number("SELECT COUNT(*) FROM " + copy.sql());
    return new Copied.Rows(order.rows(), before, rowsOfTheTable(), arrived, kept >= all, warnings);
  }

  private static Warned warned(ResultSet row) throws SQLException {
    var text = String.valueOf(row.getString("Message"));
    return new Warned(
        row.getInt("Code"),
        String.valueOf(row.getString("Level")).equalsIgnoreCase("Note"),
        text.startsWith("Incorrect string value") || text.startsWith("Cannot convert string"));
  }

  /// Counted up to one more than are copied.
  private long rowsOfTheTable() throws SQLException {
    return number(
        "SELECT COUNT(*) FROM (SELECT 1 FROM %s LIMIT %d) x".formatted(table(), order.rows() + 1));
  }

  private long number(String select) throws SQLException {
    return writing.read(
        select,
        rows -> {
          if (!rows.next()) {
            throw new SQLException("no row", "HY000");
          }
          return rows.getLong(1);
        });
  }

  private String table() {
    return Sql.name(order.database()) + "." + Sql.name(order.table());
  }
}
