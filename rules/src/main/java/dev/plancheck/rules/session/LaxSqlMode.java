// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.session;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.SqlMode;

/// Spec, tests and user documentation: `LaxSqlMode.md`, beside this file.
public record LaxSqlMode() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "session.lax-sql-mode",
          "Values that do not fit are accepted",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.SetVariable set -> check(set, statement.span(), context);
      case Statement.SetVariables(var variables) ->
          variables.forEach(set -> check(set, statement.span(), context));
      case Statement _ -> {}
    }
  }

  private static void check(Statement.SetVariable set, Span at, Context context) {
    if (set.name().equals("sql_mode")
        && set.values().size() == 1
        && SqlMode.of(set.values().getFirst()) == SqlMode.LAX
        && SqlMode.of(context.session()) != SqlMode.LAX) {
      context.report(
          at,
          "Without STRICT_TRANS_TABLES in sql_mode the server cuts texts, numbers and dates that do"
              + " not fit, turns NULL into 0 or '', and goes on with a warning that nobody reads."
              + " Keep it: SET sql_mode = CONCAT(@@sql_mode, ',...') adds a mode to what there"
              + " is.");
    }
  }
}
