// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.transaction;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.OutsideTransaction;
import java.util.Set;

/// Spec, tests and user documentation: `RefusedStatement.md`, beside this file.
public record RefusedStatement(boolean assumeTransaction) implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "transaction.refused-statement",
          "Statement that PostgreSQL refuses inside a transaction",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!assumeTransaction && !context.session().inTransaction()) {
      return;
    }
    OutsideTransaction.command(statement.statement(), context.schema().version())
        .ifPresent(command ->
            context.report(
                statement.span(),
                "%s cannot run inside a transaction: the script fails here%s. Move it into a script of its own, without BEGIN."
                    .formatted(
                        command,
                        context.session().inTransaction()
                            ? ", and what the transaction did before is rolled back"
                            : " when a tool wraps it in a transaction")));
  }
}
