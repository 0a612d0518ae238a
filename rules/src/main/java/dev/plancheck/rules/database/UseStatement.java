// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.database;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `UseStatement.md`, beside this file.
public record UseStatement() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "database.use-statement",
          "Script that chooses its database itself",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Use(var database)) {
      context.report(
          statement.span(),
          "From here on the script works on %s, whichever database it is run on: with many targets it changes that one each time, and the others never. Remove USE, and let the plan name the databases."
              .formatted(database));
    }
  }
}
