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
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.BySize;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `ForeignKeyWithoutNotValid.md`, beside this file.
public record ForeignKeyWithoutNotValid() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.foreign-key-without-not-valid",
          "Foreign key added by reading both tables",
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
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    for (var action : alter.actions()) {
      if (action instanceof TableAction.AlterConstraint(var name, var enforces, var at)
          && enforces) {
        enforce(alter.table(), name, at, context);
        continue;
      }
      var referenced = validated(alter, action);
      if (referenced != null) {
        BySize.report(
            context,
            List.of(alter.table(), referenced),
            action.span(),
            "Every row of %s is looked up in %s under a SHARE ROW EXCLUSIVE lock on both: writes to either wait. %s"
                .formatted(alter.table(), referenced, wayOut(alter.table(), context)));
      }
    }
  }

  private static void enforce(ObjectName table, String name, Span at, Context context) {
    var referenced =
        context
            .schema()
            .table(table)
            .flatMap(t -> t.constraint(name))
            .map(Table.Constraint::references)
            .orElse(null);
    BySize.report(
        context,
        referenced == null ? List.of(table) : List.of(table, referenced),
        at,
        "To enforce %s every row of %s is looked up under an ACCESS EXCLUSIVE lock: all reads and writes wait. Drop it and add it again as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own."
            .formatted(name, table));
  }

  /// The referenced table if the action checks all rows: with a default, a new column has values.
  private static @Nullable ObjectName validated(Statement.AlterTable alter, TableAction action) {
    return switch (action) {
      case TableAction.AddConstraint(TableConstraint.ForeignKey key, _) ->
          key.notValid() && !ValidatedAtOnce.inKey(alter, key) ? null : key.referencedTable();
      case TableAction.AddColumn(var column, _, _) ->
          column.defaultExpression() == null ? null : reference(column);
      case TableAction _ -> null;
    };
  }

  private static @Nullable ObjectName reference(ColumnDefinition column) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.References(_, var table, _, var notValid, _)
          && !notValid) {
        return table;
      }
    }
    return null;
  }

  private static String wayOut(ObjectName table, Context context) {
    var partitioned =
        context
            .schema()
            .table(table)
            .filter(t -> t.kind() == Table.Kind.PARTITIONED_TABLE)
            .isPresent();
    return partitioned && !context.schema().version().isAtLeast(18)
        ? "Add it to each partition as NOT VALID and VALIDATE it there, then to the parent, which"
            + " takes those over."
        : "Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.";
  }
}
