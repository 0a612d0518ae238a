// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;

/// Spec, tests and user documentation: `SetAutoIncrement.md`, beside this file.
public record SetAutoIncrement() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.set-auto-increment",
          "Counter of a table set by hand",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.SetTableOption(var option, var value, var at)
                && option.equals("auto_increment")) {
              context.report(
                  at,
                  "Every database has numbers of its own in %s: one that is beyond %s ignores this without a word, and goes on after its highest number; another one gets a gap. Leave it out, unless all of them are to skip the same numbers."
                      .formatted(altered.name(), value));
            }
          }
        });
  }
}
