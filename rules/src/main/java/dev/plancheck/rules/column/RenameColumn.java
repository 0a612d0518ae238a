// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;

/// Spec, tests and user documentation: `RenameColumn.md`, beside this file.
public record RenameColumn() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.rename-column",
          "Column renamed under running programs",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
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
      if (action instanceof TableAction.RenameColumn(var from, var to, var at)) {
        report(alter, from, to, at, context);
      } else if (action instanceof TableAction.RedefineColumn(var from, var column, var at)
          && !from.equals(column.name())) {
        report(alter, from, column.name(), at, context);
      }
    }
  }

  private static void report(
      Statement.AlterTable alter, String from, String to, Span at, Context context) {
    context.report(
        at,
        "%s.%s becomes %s: every program that still uses the old name fails at once, and so does a rollback of that program. Add a column with the new name, write both, fill old rows in batches, move the readers, then drop the old one."
            .formatted(alter.table(), from, to));
  }
}
