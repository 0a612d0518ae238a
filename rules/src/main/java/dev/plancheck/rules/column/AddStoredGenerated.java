// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `AddStoredGenerated.md`, beside this file.
public record AddStoredGenerated() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.add-stored-generated",
          "Stored generated column added or changed",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    for (var added : AddedColumn.in(statement, context)) {
      if (added.column().constraints().stream().anyMatch(AddStoredGenerated::isStored)) {
        report(added.table(), added.at(), context);
      }
    }
    if (statement.statement() instanceof Statement.AlterTable alter
        && context.schema().isInUse(alter.table())) {
      for (var action : alter.actions()) {
        if (action instanceof TableAction.SetExpression(var column, _, var at)
            && isStored(alter.table(), column, context)) {
          report(alter.table(), at, context);
        }
      }
    }
  }

  private static boolean isStored(ColumnConstraint constraint) {
    return constraint instanceof ColumnConstraint.Generated(_, _, var stored, _) && stored;
  }

  private static boolean isStored(ObjectName table, String column, Context context) {
    return context
        .schema()
        .table(table)
        .flatMap(t -> t.column(column))
        .map(c -> c.generation() == Generation.STORED)
        .orElse(!context.schema().known());
  }

  private static void report(ObjectName table, Span at, Context context) {
    var virtual =
        context.schema().version().isAtLeast(18)
            ? "Make it VIRTUAL, which computes it when it is read"
            : "Add a plain column that a trigger keeps and fill old rows in batches";
    BySize.report(
        context,
        table,
        at,
        "A stored generated column is computed at once for every row: all of %s is rewritten under an ACCESS EXCLUSIVE lock, and all reads and writes wait. %s."
            .formatted(table, virtual));
  }
}
