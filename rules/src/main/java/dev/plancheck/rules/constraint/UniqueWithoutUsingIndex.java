// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.Engine;
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
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `UniqueWithoutUsingIndex.md`, beside this file.
public record UniqueWithoutUsingIndex() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.unique-without-using-index",
          "UNIQUE or EXCLUDE added while its index is built",
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
            "The index of the UNIQUE is built under an ACCESS EXCLUSIVE lock on %s: all reads and writes wait. %s"
                .formatted(alter.table(), OnPartitioned.wayOut(alter, "UNIQUE", context)));
      } else if (action instanceof TableAction.AddConstraint(TableConstraint.Exclude _, var at)) {
        BySize.report(
            context,
            alter.table(),
            at,
            "The index of the EXCLUDE constraint is built under an ACCESS EXCLUSIVE lock on %s: all reads and writes wait. It cannot take over an index: add it while the table is small, or to a new table that the rows are copied to in batches."
                .formatted(alter.table()));
      }
    }
  }

  private static boolean buildsIndex(TableAction action) {
    return switch (action) {
      case TableAction.AddConstraint(TableConstraint.Unique(_, _, var usingIndex, _), _) ->
          usingIndex == null;
      case TableAction.AddColumn(ColumnDefinition column, _, _) ->
          column.constraints().stream().anyMatch(ColumnConstraint.Unique.class::isInstance);
      case TableAction _ -> false;
    };
  }
}
