// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.server;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;

/// Spec, tests and user documentation: `GlobalSetting.md`, beside this file.
public record GlobalSetting() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "server.global-setting",
          "Setting of the whole server changed",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
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
      case Statement.Utility(var command, _, _)
          when command.equals("ALTER SYSTEM") || command.equals("SET GLOBAL") ->
          report(command, statement.span(), context);
      case Statement _ -> {}
    }
  }

  private static void check(Statement.SetVariable set, Span at, Context context) {
    if (set.name().startsWith(Statement.GLOBAL)) {
      report("SET GLOBAL " + set.name().substring(Statement.GLOBAL.length()), at, context);
    }
  }

  private static void report(String command, Span at, Context context) {
    context.report(
        at,
        "%s changes the server for all databases on it and for every program that connects from now on, long after this script; databases of the same plan on other servers get it, too, or never. Set it for the session, or change it where the servers are configured."
            .formatted(command));
  }
}
