// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.SqlMode;

/// Spec, tests and user documentation: `BecomesNotNull.md`, beside this file.
public record BecomesNotNull() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.becomes-not-null",
          "NOT NULL over rows that may be NULL",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.RedefineColumn(var name, var definition, var at)
                && definition.isNotNull()) {
              check(altered, name, at, context);
            }
          }
        });
  }

  private static void check(AlteredTable altered, String name, Span at, Context context) {
    var column = altered.column(name);
    if (column.isEmpty()) {
      context.undecided(at);
    } else if (!column.get().notNull()) {
      report(altered.name(), name, at, context);
    }
  }

  private static void report(ObjectName table, String column, Span at, Context context) {
    var mode = SqlMode.of(context.session());
    var message =
        "%s.%s becomes NOT NULL: %s. Fill them first: UPDATE %s SET %s = ... WHERE %s IS NULL, and look again before this runs."
            .formatted(
                table,
                column,
                switch (mode) {
                  case STRICT ->
                      "where a row has NULL the statement fails, after it has read the table";
                  case LAX -> "each NULL becomes 0 or '' without an error";
                  case UNKNOWN ->
                      "where a row has NULL the statement fails, or, outside of strict mode, makes"
                          + " 0 or '' of it";
                },
                table,
                column,
                column);
    if (mode == SqlMode.STRICT) {
      context.report(at, Status.WARNING, message);
    } else {
      context.report(at, message);
    }
  }
}
