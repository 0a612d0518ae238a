// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `PrimaryKeyWithoutUsingIndex.md`, beside this file.
public record PrimaryKeyWithoutUsingIndex() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.primary-key-without-using-index",
          "Primary key added while its index is built",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())
        || OnPartitioned.spares(alter, context)) {
      return;
    }
    for (var action : alter.actions()) {
      if (buildsIndex(action)) {
        BySize.report(
            context,
            alter.table(),
            action.span(),
            "The index of the PRIMARY KEY is built under an ACCESS EXCLUSIVE lock on %s: all reads and writes wait. %s"
                .formatted(alter.table(), OnPartitioned.wayOut(alter, "PRIMARY KEY", context)));
      } else if (action
              instanceof
              TableAction.AddConstraint(TableConstraint.PrimaryKey(_, _, var index, _), var at)
          && index != null) {
        checkNullable(alter, index, at, context);
      }
    }
  }

  private static boolean buildsIndex(TableAction action) {
    return switch (action) {
      case TableAction.AddConstraint(TableConstraint.PrimaryKey(_, _, var usingIndex, _), _) ->
          usingIndex == null;
      case TableAction.AddColumn(ColumnDefinition column, _, _) ->
          column.constraints().stream().anyMatch(ColumnConstraint.PrimaryKey.class::isInstance);
      case TableAction _ -> false;
    };
  }

  /// A primary key makes its columns NOT NULL, which reads the table unless they are that already.
  private static void checkNullable(
      Statement.AlterTable alter, String index, Span at, Context context) {
    var table = context.schema().table(alter.table()).orElse(null);
    var keys = table == null ? null : table.index(index).orElse(null);
    if (table == null || keys == null || !context.schema().isComplete(table)) {
      context.undecided(at);
      return;
    }
    for (var column : keys.columns()) {
      if (column != null && !isNotNull(table, column)) {
        context.report(
            at,
            Status.WARNING,
            "Column %s is nullable: the primary key makes it NOT NULL and for that reads all of %s under an ACCESS EXCLUSIVE lock. Set it NOT NULL first, by way of a validated CHECK."
                .formatted(column, alter.table()));
      }
    }
  }

  private static boolean isNotNull(Table table, String column) {
    return table.column(column).filter(Table.Column::notNull).isPresent()
        || table.notNullProof(column).isPresent();
  }
}
