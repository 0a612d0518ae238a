// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction.AlterColumnType;
import dev.plancheck.rules.BySize;
import java.util.Optional;
import java.util.Set;

/// Spec, tests and user documentation: `RewritingTypeChange.md`, beside this file.
public record RewritingTypeChange() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.rewriting-type-change",
          "Column type changed by rewriting the table",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  private static final String WAY_OUT =
      "Add a column of the new type, keep both in step with a trigger, fill old rows in batches,"
          + " then swap the names in one short transaction.";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || alter.kind() != ObjectKind.TABLE
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    for (var action : alter.actions()) {
      if (action instanceof AlterColumnType change) {
        check(alter.table(), change, context);
      }
    }
  }

  private static void check(ObjectName name, AlterColumnType change, Context context) {
    var table = context.schema().table(name);
    if (table.map(Table::kind).filter(kind -> kind == Table.Kind.FOREIGN_TABLE).isPresent()) {
      return;
    }
    var column = table.flatMap(t -> t.column(change.column()));
    if (table.isPresent() && column.isPresent()) {
      check(table.get(), column.get(), change, context);
    } else if (!context.schema().known()) {
      context.report(
          change.span(),
          Status.WARNING,
          "This may rewrite all of %s under an ACCESS EXCLUSIVE lock, while all reads and writes wait: it depends on the old type of %s, which only a target can tell. %s"
              .formatted(name, change.column(), WAY_OUT));
    }
  }

  private static void check(
      Table table, Table.Column column, AlterColumnType change, Context context) {
    var zone = context.session().setting("timezone").orElse(null);
    var from = column.type();
    var types = new TypeChange(context.schema(), zone);
    switch (types.rewrites(column, change.type(), change.using())) {
      case YES ->
          BySize.report(
              context,
              table.name(),
              change.span(),
              "%s to %s rewrites all of %s and its indexes under an ACCESS EXCLUSIVE lock: all reads and writes wait. %s"
                  .formatted(from, change.type(), table.name(), WAY_OUT));
      case UNLESS_UTC ->
          context.report(
              change.span(),
              Status.WARNING,
              "%s to %s rewrites all of %s under an ACCESS EXCLUSIVE lock unless the session's time zone is UTC. If the old values are meant as UTC, SET timezone = 'UTC' first; else: %s"
                  .formatted(from, change.type(), table.name(), WAY_OUT));
      case NO ->
          Optional.ofNullable(KeptRows.cost(table, column, change, types))
              .ifPresent(cost ->
                  context.report(
                      change.span(),
                      Status.WARNING,
                      "No row of %s is rewritten, but %s under an ACCESS EXCLUSIVE lock: all reads and writes wait."
                          .formatted(table.name(), cost)));
    }
  }
}
