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

/// Spec, tests and user documentation: `DiscardTablespace.md`, beside this file.
public record DiscardTablespace() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.discard-tablespace",
          "File of a table thrown away",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> DISCARDS = Set.of("DISCARD TABLESPACE", "DISCARD PARTITION");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            var words =
                switch (action) {
                  case TableAction.Other(var name, _) -> name;
                  case TableAction.AlterPartition(var name, _, _, _) -> name;
                  case TableAction _ -> "";
                };
            if (DISCARDS.contains(words)) {
              context.report(
                  action.span(),
                  "%s deletes the file with the rows of %s; until another file is imported every access fails, and nothing but a copy of the file or a backup brings the rows back. Import into a new table, and swap the two with RENAME TABLE."
                      .formatted(words, altered.name()));
            }
          }
        });
  }
}
