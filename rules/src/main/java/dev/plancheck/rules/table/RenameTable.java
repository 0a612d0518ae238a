// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Spec, tests and user documentation: `RenameTable.md`, beside this file.
public record RenameTable() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.rename-table",
          "Table renamed under running programs",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  private static final Set<ObjectKind> KINDS =
      EnumSet.of(
          ObjectKind.TABLE,
          ObjectKind.FOREIGN_TABLE,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW);

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      if (step.statement().statement() instanceof Statement.AlterTable alter
          && KINDS.contains(alter.kind())
          && step.schema().isInUse(alter.table())
          && !isIndex(alter.table(), step)) {
        alter.actions().forEach(action -> check(alter.table(), action, step, context));
      } else if (step.statement().statement() instanceof Statement.RenameTables(var tables)) {
        swapped(tables, step, context);
      }
    }
  }

  /// RENAME TABLE of MySQL changes all names at once: one whose old name means a table again in the
  /// end is a swap.
  private static void swapped(
      List<Statement.RenamedTable> tables, Step step, ScriptContext context) {
    for (var renamed : tables) {
      var again = tables.stream().anyMatch(other -> other.to().equals(renamed.from()));
      if (!again && step.schema().isInUse(renamed.from())) {
        report(
            renamed.from(), "renamed to " + renamed.to(), step, step.statement().span(), context);
      }
    }
  }

  private static boolean isIndex(ObjectName name, Step step) {
    return step.schema().table(name).isEmpty() && step.schema().tableOfIndex(name).isPresent();
  }

  private static void check(
      ObjectName table, TableAction action, Step step, ScriptContext context) {
    var moved =
        switch (action) {
          case TableAction.RenameTo(var name, _) -> "renamed to " + name;
          case TableAction.SetSchema(var schema, _) -> "moved to schema " + schema;
          case TableAction _ -> "";
        };
    if (!moved.isEmpty() && !isReplaced(table, step, context)) {
      report(table, moved, step, action.span(), context);
    }
  }

  private static void report(
      ObjectName table, String moved, Step step, Span at, ScriptContext context) {
    context.report(
        at,
        "%s is %s: every program that still uses the old name fails at once, and so does a rollback of that program. %s, and drop it when no one uses it any more."
            .formatted(
                table,
                moved,
                step.schema().version().engine() == Engine.POSTGRESQL
                    ? "Create a view with the old name in the same transaction"
                    : "Create a view with the old name right behind it"));
  }

  /// In the end the old name means something that the script made in the same transaction.
  private static boolean isReplaced(ObjectName table, Step step, ScriptContext context) {
    var old = step.schema().table(table).map(t -> t.name()).orElse(step.schema().qualify(table));
    var now = context.after().tables().get(old);
    return (step.session().inTransaction() || step.schema().version().engine() != Engine.POSTGRESQL)
        && now != null
        && now.createdByScript();
  }
}
