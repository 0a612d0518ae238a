// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;
import java.util.Set;

/// Spec, tests and user documentation: `AddWithoutDefault.md`, beside this file.
public record AddWithoutDefault() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.add-without-default",
          "NOT NULL column added without a default",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  private static final Set<String> DATES = Set.of("date", "datetime");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.AddColumn(var column, var ifNotExists, var at)
                && !(ifNotExists && altered.column(column.name()).isPresent())
                && needsValue(column, context)) {
              context.report(at, message(altered.name(), column, context));
            }
          }
        });
  }

  private static boolean needsValue(ColumnDefinition column, Context context) {
    return column.isNotNull()
        && !column.type().isSerial()
        && column.constraints().stream().noneMatch(AddWithoutDefault::givesValue)
        && context.schema().type(column.type().objectName()).isEmpty()
        && !fillsItself(column, context);
  }

  private static boolean givesValue(ColumnConstraint constraint) {
    return constraint instanceof ColumnConstraint.Default
        || constraint instanceof ColumnConstraint.Generated
        || constraint instanceof ColumnConstraint.Identity;
  }

  /// A TIMESTAMP has a default without one being written, unless explicit_defaults_for_timestamp.
  private static boolean fillsItself(ColumnDefinition column, Context context) {
    return context.schema().version().engine() != Engine.POSTGRESQL
        && column.type().name().equals("timestamp");
  }

  private static String message(ObjectName table, ColumnDefinition column, Context context) {
    if (context.schema().version().engine() == Engine.POSTGRESQL) {
      return "%s.%s has no value for the rows that are there: the statement fails on every database where %s is not empty. Give it a DEFAULT, or add it without NOT NULL and fill it first."
          .formatted(table, column.name(), table);
    }
    return "The rows of %s that are there %s, and every INSERT of a program that does not know %s fails in strict mode from now on. Give it a DEFAULT, or add it without NOT NULL and fill it first."
        .formatted(
            table,
            DATES.contains(column.type().name())
                ? "get a date of zeros, or the statement fails"
                : "get 0 or '' without being asked",
            column.name());
  }
}
