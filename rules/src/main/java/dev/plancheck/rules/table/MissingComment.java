// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;

/// Spec, tests and user documentation: `MissingComment.md`, beside this file.
public record MissingComment(boolean columns) implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.missing-comment",
          "Table or column without a comment",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create
          when create.persistence() != Persistence.TEMPORARY && create.like().isEmpty() -> {
        if (create.options().getOrDefault("comment", "").isBlank()) {
          report("The table " + create.table(), statement.span(), context);
        }
        create.columns().forEach(column -> check(column, context));
      }
      case Statement.AlterTable alter -> {
        for (var action : alter.actions()) {
          if (action instanceof TableAction.AddColumn(var column, _, _)) {
            check(column, context);
          }
        }
      }
      case Statement _ -> {}
    }
  }

  private void check(ColumnDefinition column, Context context) {
    var commented =
        column.constraints().stream()
            .anyMatch(constraint ->
                constraint instanceof ColumnConstraint.Attribute(_, var words, var value, _)
                    && words.equals("COMMENT")
                    && value != null
                    && !value.isBlank());
    if (columns && !commented) {
      report("The column " + column.name(), column.span(), context);
    }
  }

  private static void report(String what, Span at, Context context) {
    context.report(
        at,
        "%s has no COMMENT: what it holds, in which unit, and who fills it, is known today and asked in two years. Write it down here, where it stays with the data."
            .formatted(what));
  }
}
