// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `DeleteWithoutWhere.md`, beside this file.
public record DeleteWithoutWhere() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.delete-without-where",
          "All rows deleted",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Delete change
        && WholeTable.isMeant(change.where())
        && context.schema().isInUse(change.table())) {
      context.report(
          statement.span(),
          "%s: this DELETE removes every row of %s. Say in a WHERE which rows are meant, and delete many rows in batches."
              .formatted(WholeTable.why(change.where()), change.table()));
    }
  }
}
