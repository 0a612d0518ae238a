// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `ThreeByteUtf8.md`, beside this file.
public record ThreeByteUtf8() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.three-byte-utf8",
          "Texts that cannot hold every character",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final String THREE_BYTES = "utf8mb3";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create -> {
        check(create.options().get("character set"), statement.span(), context);
        create.columns().forEach(column -> check(column, context));
      }
      case Statement.AlterTable alter -> {
        for (var action : alter.actions()) {
          switch (action) {
            case TableAction.AddColumn(var column, _, _) -> check(column, context);
            case TableAction.RedefineColumn(_, var column, _) -> check(column, context);
            case TableAction.SetTableOption(var option, var charset, var at)
                when option.equals("character set") ->
                check(charset, at, context);
            case TableAction _ -> {}
          }
        }
      }
      case Statement _ -> {}
    }
  }

  private static void check(ColumnDefinition column, Context context) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.Attribute(_, var words, var value, var at)
          && words.equals("CHARACTER SET")) {
        check(value, at, context);
      }
    }
  }

  private static void check(@Nullable String charset, Span at, Context context) {
    if (charset != null && CharacterSets.canonical(charset).equals(THREE_BYTES)) {
      context.report(
          at,
          "%s is UTF-8 of at most three bytes: emoji and rare characters are refused, and MySQL is about to give it up. Use utf8mb4."
              .formatted(charset));
    }
  }
}
