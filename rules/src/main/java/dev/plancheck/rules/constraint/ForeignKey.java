// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;

/// Spec, tests and user documentation: `ForeignKey.md`, beside this file.
public record ForeignKey() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.foreign-key",
          "Foreign key where there are to be none",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

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
      case Statement.AlterTable alter -> {
        for (var action : alter.actions()) {
          switch (action) {
            case TableAction.AddColumn(var column, _, _) -> check(column, context);
            case TableAction.AddConstraint(var constraint, _) -> check(constraint, context);
            case TableAction _ -> {}
          }
        }
      }
      case Statement _ -> {}
    }
  }

  private static void check(ColumnDefinition column, Context context) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.References(_, var table, _, _, var at)) {
        report(table, at, context);
      }
    }
  }

  private static void check(TableConstraint constraint, Context context) {
    if (constraint instanceof TableConstraint.ForeignKey key) {
      report(key.referencedTable(), key.span(), context);
    }
  }

  private static void report(ObjectName table, Span at, Context context) {
    context.report(
        at,
        "A foreign key to %s ties the two tables: writes of one lock rows of the other, neither can be moved, archived or changed online without it. The policy here leaves such checks to programs: keep the column and an index on it, without the key."
            .formatted(table));
  }
}
