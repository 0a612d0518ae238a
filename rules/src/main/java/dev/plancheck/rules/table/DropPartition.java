// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.Map;

/// Spec, tests and user documentation: `DropPartition.md`, beside this file.
public record DropPartition() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.drop-partition",
          "Partition dropped or emptied with its rows",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Map<String, String> LOSING =
      Map.of("DROP PARTITION", "dropped", "TRUNCATE PARTITION", "emptied");

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
      if (action instanceof TableAction.AlterPartition(var what, var partitions, _, var at)
          && LOSING.containsKey(what)) {
        context.report(
            at,
            "All rows of %s in %s are lost when it is %s; nothing but a backup brings them back, and no ROLLBACK. Exchange the partition with an empty table first, and drop that in a later release when nothing has missed it."
                .formatted(alter.table(), String.join(", ", partitions), LOSING.get(what)));
      }
    }
  }
}
