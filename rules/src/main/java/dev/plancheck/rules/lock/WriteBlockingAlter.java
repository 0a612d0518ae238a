// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `WriteBlockingAlter.md`, beside this file.
public record WriteBlockingAlter() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.write-blocking-alter",
          "Writes blocked while a table is altered",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    var cost = new AlterCost(alter, context);
    for (var action : alter.actions()) {
      cost.of(action)
          .ifPresent(why ->
              context.report(
                  action.span(),
                  "%s: writes to %s wait until it is done. Change a large table with gh-ost or pt-online-schema-change, or at an hour without writes."
                      .formatted(why, alter.table())));
    }
  }
}
