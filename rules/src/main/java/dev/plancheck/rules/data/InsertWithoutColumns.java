// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `InsertWithoutColumns.md`, beside this file.
public record InsertWithoutColumns() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.insert-without-columns",
          "Rows inserted without naming their columns",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Insert insert
        && insert.columns().isEmpty()
        && (insert.rows() > 0 || !insert.query().tables().isEmpty())
        && context.schema().isInUse(insert.table())) {
      context.report(
          statement.span(),
          "Values go into %s by the order of its columns: a database that has one more, or the same ones in another order, refuses them or stores them in the wrong columns. Name the columns: INSERT INTO %s (...)."
              .formatted(insert.table(), insert.table()));
    }
  }
}
