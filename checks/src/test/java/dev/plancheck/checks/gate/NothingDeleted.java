// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import java.util.Set;

/// A rule that finds an error in every DELETE.
record NothingDeleted() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "test.nothing-deleted",
          "Nothing deleted",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Delete) {
      context.report(statement.span(), "deletes");
    }
  }
}
