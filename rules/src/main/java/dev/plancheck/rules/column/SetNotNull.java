// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.BySize;
import dev.plancheck.rules.TypeUse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `SetNotNull.md`, beside this file.
public record SetNotNull() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.set-not-null",
          "NOT NULL set by reading the whole table",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    TypeUse.reportReads(
        statement,
        "SET NOT NULL",
        "SET NOT NULL reads every table with a column of %s under a SHARE lock: all writes wait."
            + " Add CHECK (VALUE IS NOT NULL) to the domain as NOT VALID, then VALIDATE it.",
        context);
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    for (var action : alter.actions()) {
      switch (action) {
        case TableAction.SetNotNull(var column, var at) -> check(alter, column, at, context);
        case TableAction.AddConstraint(
                TableConstraint.NotNull(_, var column, var notValid, _),
                var at)
            when !notValid ->
            check(alter, column, at, context);
        case TableAction _ -> {}
      }
    }
  }

  private static void check(Statement.AlterTable alter, String column, Span at, Context context) {
    var table = context.schema().table(alter.table()).orElse(null);
    if (isNotNull(table, column)) {
      return;
    }
    var proof =
        table == null ? null : table.notNullProof(column).map(Table.Constraint::name).orElse(null);
    if (proof != null && !isDropped(alter, proof)) {
      return;
    }
    BySize.report(context, alter.table(), at, message(alter.table(), column, proof));
  }

  /// Already NOT NULL, and not only for new rows.
  private static boolean isNotNull(@Nullable Table table, String column) {
    return table != null
        && table.column(column).filter(Table.Column::notNull).isPresent()
        && table.constraints().stream()
            .noneMatch(c ->
                c.kind() == ConstraintKind.NOT_NULL
                    && !c.validated()
                    && c.columns().contains(column));
  }

  private static boolean isDropped(Statement.AlterTable alter, String constraint) {
    return alter.actions().stream()
        .anyMatch(action ->
            action instanceof TableAction.DropConstraint(var name, _, _, _)
                && name.equals(constraint));
  }

  private static String message(ObjectName table, String column, @Nullable String proof) {
    return "SET NOT NULL reads all of %s under an ACCESS EXCLUSIVE lock: all reads and writes wait. %s"
        .formatted(
            table,
            proof == null
                ? "Add CHECK (%s IS NOT NULL) as NOT VALID, VALIDATE it, then SET NOT NULL and drop the CHECK in a statement of its own."
                    .formatted(column)
                : "The CHECK %s would spare that, but this very statement drops it: drop it in a statement of its own, afterwards."
                    .formatted(proof));
  }
}
