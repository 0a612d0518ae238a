// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;

/// Spec, tests and user documentation: `DropAtOnce.md`, beside this file.
public record DropAtOnce() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.drop-at-once",
          "Index dropped without a trial",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!canHide(context)) {
      return;
    }
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.DropIndex(var index, _, var at)
                && !index.equals("primary")
                && !isReplaced(altered)) {
              context.report(
                  at,
                  "If a query still needs %s, building it again takes as long as the table is big. Hide it first, ALTER TABLE %s ALTER INDEX %s %s, which is taken back in no time, and drop it in a later release."
                      .formatted(
                          index,
                          altered.name(),
                          index,
                          context.schema().version().engine() == Engine.MYSQL
                              ? "INVISIBLE"
                              : "IGNORED"));
            }
          }
        });
  }

  private static boolean canHide(Context context) {
    var version = context.schema().version();
    return version.engine() == Engine.MYSQL ? version.isAtLeast(8) : version.isAtLeast(10, 6);
  }

  private static boolean isReplaced(AlteredTable altered) {
    return altered.alter().actions().stream().anyMatch(TableAction.AddConstraint.class::isInstance);
  }
}
