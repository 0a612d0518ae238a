// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.Basis;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.targets.mysql.RowQuestions.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of the answers to [RowQuestions].
final class RowAnswers {
  private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private RowAnswers() {}

  static RowEstimate counted(
      ScriptStatement statement,
      List<Count> counts,
      Line line,
      long mostCounted,
      List<String> notIncluded)
      throws SQLException {
    var tables = new ArrayList<TableRows>();
    for (var count : counts) {
      var row = line.attempt(count.select()).getFirst();
      var ended = count.ends() && Long.parseLong(row.text(0)) >= count.most();
      var rows = Long.parseLong(row.text(1));
      if (ended && mayConflict(statement)) {
        return new NotAvailable(
            statement.index(),
            "it inserts more than %,d rows, of which some may conflict".formatted(mostCounted));
      }
      var basis = ended ? Basis.AT_LEAST : mayConflict(statement) ? Basis.AT_MOST : Basis.COUNTED;
      tables.add(new TableRows(here(count.table()), rows, basis));
    }
    return new Planned(statement.index(), tables, notIncluded);
  }

  static boolean mayConflict(ScriptStatement statement) {
    return statement.statement() instanceof Statement.Insert insert && insert.onConflict();
  }

  static RowEstimate estimated(
      ScriptStatement statement, Asked query, List<Row> plan, List<String> notIncluded) {
    var rows = expected(plan);
    if (rows.isEmpty()) {
      return new NotAvailable(statement.index(), "the server's plan says no number of rows");
    }
    var limit = query.limit();
    var most = limit == null ? rows.get() : Math.min(limit, rows.get());
    return new Planned(
        statement.index(),
        query.changed().stream().map(c -> new TableRows(here(c.table()), most)).toList(),
        notIncluded);
  }

  /// The product over the tables of the outermost query: rows that are looked at, times the share
  /// of them that is left. The last columns are `rows`, `filtered` and `Extra`.
  static Optional<Long> expected(List<Row> plan) {
    var product = BigDecimal.ONE;
    for (var row : plan) {
      var width = row.values().size();
      if (!row.is(0, "1")) {
        continue;
      }
      var rows = row.textOrNull(width - 3);
      var filtered = row.textOrNull(width - 2);
      if (rows == null || filtered == null) {
        return Optional.empty();
      }
      product =
          product.multiply(new BigDecimal(rows)).multiply(new BigDecimal(filtered)).divide(PERCENT);
    }
    return plan.isEmpty()
        ? Optional.empty()
        : Optional.of(product.setScale(0, RoundingMode.CEILING).min(MOST).longValue());
  }

  /// As the summary calls it.
  private static ObjectName here(ObjectName table) {
    return table.schema() == null ? table.inSchema(ObjectName.HERE) : table;
  }
}
