// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `SeveralUniqueKeys.md`, beside this file.
public record SeveralUniqueKeys() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.several-unique-keys",
          "Row to replace chosen by one of several keys",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.Insert insert)
        || !insert.onConflict()
        || !context.schema().isInUse(insert.table())) {
      return;
    }
    var table = context.schema().table(insert.table()).filter(context.schema()::isComplete);
    if (table.isEmpty()) {
      context.undecided(statement.span());
      return;
    }
    var keys = table.get().indexes().stream().filter(Index::unique).map(Index::name).toList();
    if (keys.size() > 1) {
      context.report(
          statement.span(),
          "%s has several unique keys (%s): REPLACE deletes every row that meets the new one in any of them, ON DUPLICATE KEY UPDATE changes the one that it happens to meet first, which may be another on each database and replica. Look the row up by one key, then UPDATE or INSERT it."
              .formatted(insert.table(), String.join(", ", keys)));
    }
  }
}
