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
import dev.plancheck.rules.TypeUse;
import java.util.Set;

/// Spec, tests and user documentation: `CheckWithoutNotValid.md`, beside this file.
public record CheckWithoutNotValid() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.check-without-not-valid",
          "CHECK added by reading the whole table",
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
        "ADD CONSTRAINT",
        "The constraint is tested on every row of every table with a column of %s, under a SHARE"
            + " lock: all writes wait. Add it as NOT VALID, then ALTER DOMAIN ... VALIDATE"
            + " CONSTRAINT in a transaction of its own.",
        context);
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    for (var action : alter.actions()) {
      if (adds(action) || ValidatedAtOnce.in(alter, action)) {
        BySize.report(
            context,
            alter.table(),
            action.span(),
            "The CHECK is tested on every row of %s under an ACCESS EXCLUSIVE lock: all reads and writes wait. Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own."
                .formatted(alter.table()));
      }
    }
  }

  private static boolean adds(TableAction action) {
    return switch (action) {
      case TableAction.AddConstraint(TableConstraint.Check(_, _, var notValid, _), _) -> !notValid;
      case TableAction.AddColumn(var column, _, _) -> checks(column);
      case TableAction _ -> false;
    };
  }

  private static boolean checks(ColumnDefinition column) {
    return column.constraints().stream()
        .anyMatch(c -> c instanceof ColumnConstraint.Check(_, _, var notValid, _) && !notValid);
  }
}
