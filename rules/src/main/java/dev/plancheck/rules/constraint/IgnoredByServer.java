// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.Set;

/// Spec, tests and user documentation: `IgnoredByServer.md`, beside this file.
public record IgnoredByServer() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.ignored-by-server",
          "Constraint that the server reads and forgets",
          Status.ERROR,
          Set.of(Engine.MYSQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create -> {
        create.columns().forEach(column -> check(column, context));
        create.constraints().forEach(constraint -> check(constraint, context));
      }
      case Statement.AlterTable alter -> alter.actions().forEach(action -> check(action, context));
      case Statement _ -> {}
    }
  }

  private static void check(TableAction action, Context context) {
    switch (action) {
      case TableAction.AddColumn(var column, _, _) -> check(column, context);
      case TableAction.RedefineColumn(_, var column, _) -> check(column, context);
      case TableAction.AddConstraint(var constraint, _) -> check(constraint, context);
      case TableAction _ -> {}
    }
  }

  private static void check(TableConstraint constraint, Context context) {
    if (constraint instanceof TableConstraint.Check) {
      check(constraint.span(), context);
    }
  }

  private static void check(ColumnDefinition column, Context context) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.Check) {
        check(constraint.span(), context);
      } else if (constraint instanceof ColumnConstraint.References(_, var table, _, _, var at)
          && !version(context).isAtLeast(9)) {
        context.report(
            at,
            "MySQL before 9.0 reads REFERENCES behind a column and makes no foreign key of it: rows without a partner in %s go in. Write it as a constraint of the table: FOREIGN KEY (%s) REFERENCES ..."
                .formatted(table, column.name()));
      }
    }
  }

  private static void check(Span at, Context context) {
    if (!version(context).isAtLeast(8)) {
      context.report(
          at,
          "MySQL before 8.0.16 reads CHECK and forgets it: every row goes in. Check it in a"
              + " trigger, or in the program, until the server is a newer one.");
    }
  }

  private static EngineVersion version(Context context) {
    return context.schema().version();
  }
}
