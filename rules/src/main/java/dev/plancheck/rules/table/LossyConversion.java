// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.CharacterLoss;

/// Spec, tests and user documentation: `LossyConversion.md`, beside this file.
public record LossyConversion() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.lossy-conversion",
          "Texts converted to a smaller character set",
          Status.ERROR,
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
            if (action instanceof TableAction.SetTableOption(var option, var charset, var at)
                && option.equals("convert to character set")
                && isLossy(altered, charset)) {
              CharacterLoss.report(context, at, altered.name().toString(), charset);
            }
          }
        });
  }

  private static boolean isLossy(AlteredTable altered, String charset) {
    var table = altered.table();
    return table == null
        ? CharacterLoss.isPossible(null, charset)
        : table.columns().stream()
            .filter(column -> CharacterSets.hasOne(column.type().name()))
            .anyMatch(column ->
                CharacterLoss.isPossible(column.attributes().get("CHARACTER SET"), charset));
  }
}
