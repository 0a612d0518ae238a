// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.transaction;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `ImplicitCommit.md`, beside this file.
public record ImplicitCommit() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "transaction.implicit-commit",
          "Transaction committed by a statement inside it",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (context.session().inTransaction()) {
      dev.plancheck.engine.sql.ImplicitCommit.command(statement.statement())
          .ifPresent(command ->
              context.report(
                  statement.span(),
                  "%s commits the open transaction before it runs: what was done since BEGIN cannot be rolled back any more, and what follows is outside of any transaction. End the transaction before it, and be ready for a script that stops halfway."
                      .formatted(command)));
    }
  }
}
