// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.SqlMode;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `ZeroDate.md`, beside this file.
public record ZeroDate() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.zero-date",
          "Date of zeros as a default",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern ZERO = Pattern.compile("\\d{4}-00-\\d\\d.*|\\d{4}-\\d\\d-00.*");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create ->
          create.columns().forEach(column -> check(column, context));
      case Statement.AlterTable alter -> {
        for (var action : alter.actions()) {
          switch (action) {
            case TableAction.AddColumn(var column, _, _) -> check(column, context);
            case TableAction.RedefineColumn(_, var column, _) -> check(column, context);
            case TableAction.SetDefault(_, var value, _) -> check(value, context);
            case TableAction _ -> {}
          }
        }
      }
      case Statement _ -> {}
    }
  }

  private static void check(ColumnDefinition column, Context context) {
    var value = column.defaultExpression();
    if (value != null) {
      check(value, context);
    }
  }

  private static void check(Expression value, Context context) {
    if (!(value.form() instanceof Expression.Form.Literal(var text))
        || !ZERO.matcher(text).matches()) {
      return;
    }
    var refused = SqlMode.has(context.session(), "NO_ZERO_DATE").orElse(null);
    var strict = SqlMode.of(context.session()) == SqlMode.STRICT;
    var usual = context.schema().version().engine() == Engine.MYSQL;
    if (refused == null && usual) {
      context.report(
          value.span(),
          Status.WARNING,
          "A server in its usual sql_mode refuses %s as a default: the statement fails. Allow NULL for a day that is not known."
              .formatted(value.text()));
    } else if (refused != null && refused && strict) {
      context.report(
          value.span(),
          "NO_ZERO_DATE is in the sql_mode here, so the server refuses %s as a default and the script fails. Allow NULL for a day that is not known."
              .formatted(value.text()));
    }
  }
}
