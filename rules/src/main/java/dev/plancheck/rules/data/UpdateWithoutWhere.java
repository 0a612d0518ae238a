// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `UpdateWithoutWhere.md`, beside this file.
public record UpdateWithoutWhere() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.update-without-where",
          "All rows updated",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Update change
        && WholeTable.isMeant(change.where())
        && context.schema().isInUse(change.table())) {
      context.report(
          statement.span(),
          "%s: this UPDATE changes every row of %s and locks them until the transaction ends. Say in a WHERE which rows are meant; if it is all of them, go in batches by key, each in a transaction of its own."
              .formatted(WholeTable.why(change.where()), change.table()));
    }
  }
}
