// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.SqlMode;

/// Spec, tests and user documentation: `LossyTypeChange.md`, beside this file.
public record LossyTypeChange() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.lossy-type-change",
          "Type changed to one that old values do not fit",
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
            if (action instanceof TableAction.RedefineColumn(var name, var definition, var at)) {
              check(altered, name, definition, at, context);
            }
          }
        });
  }

  private static void check(
      AlteredTable altered, String name, ColumnDefinition definition, Span at, Context context) {
    var column = altered.column(name);
    if (column.isEmpty()) {
      context.undecided(at);
      return;
    }
    var lost = isComputed(column.get()) ? "" : Narrowing.of(column.get().type(), definition.type());
    if (!lost.isEmpty()) {
      context.report(
          at,
          "%s.%s goes from %s to %s: %s do not fit. %s Look for such rows on every database first, or add a column of the new type and fill it."
              .formatted(
                  altered.name(),
                  name,
                  column.get().type(),
                  definition.type(),
                  lost,
                  what(SqlMode.of(context.session()))));
    }
  }

  private static boolean isComputed(Column column) {
    return column.generation() == Generation.STORED || column.generation() == Generation.VIRTUAL;
  }

  private static String what(SqlMode mode) {
    return switch (mode) {
      case STRICT ->
          "The server refuses those that it can tell, after it has copied up to there; what is only"
              + " rounded is lost, and gh-ost loses all of it.";
      case LAX -> "They are cut or changed without an error.";
      case UNKNOWN ->
          "In strict mode the server refuses those that it can tell, else they are cut or changed"
              + " without an error.";
    };
  }
}
