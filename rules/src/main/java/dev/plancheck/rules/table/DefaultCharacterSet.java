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
import java.util.Set;

/// Spec, tests and user documentation: `DefaultCharacterSet.md`, beside this file.
public record DefaultCharacterSet() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.default-character-set",
          "Default character set changed, columns not",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> DEFAULTS = Set.of("character set", "collate");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .filter(
            altered ->
                altered.alter().actions().stream()
                    .noneMatch(action -> isOption(action, Set.of("convert to character set"))))
        .flatMap(
            altered ->
                altered.alter().actions().stream()
                    .filter(action -> isOption(action, DEFAULTS))
                    .findFirst())
        .ifPresent(
            action ->
                context.report(
                    action.span(),
                    "Only columns that are added later get this character set: the present ones"
                        + " keep theirs, and joins of old with new ones compare by conversion, past"
                        + " their indexes. CONVERT TO CHARACTER SET changes the columns, too; it"
                        + " copies the table."));
  }

  private static boolean isOption(TableAction action, Set<String> options) {
    return action instanceof TableAction.SetTableOption(var option, _, _)
        && options.contains(option);
  }
}
