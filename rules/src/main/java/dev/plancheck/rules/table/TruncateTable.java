// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `TruncateTable.md`, beside this file.
public record TruncateTable() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.truncate-table", "Table emptied", Status.ERROR, RuleInfo.ALL_ENGINES, "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.Truncate truncate)) {
      return;
    }
    for (var table : truncate.tables()) {
      if (context.schema().isInUse(table)) {
        context.report(
            statement.span(),
            "TRUNCATE destroys all rows of %s%s %s. Delete what must go in batches with a WHERE, or take a backup first."
                .formatted(table, truncate.cascade() ? others(table, context) : "", how(context)));
      }
    }
  }

  private static String how(Context context) {
    return context.schema().version().engine() == Engine.POSTGRESQL
        ? "under an ACCESS EXCLUSIVE lock: all reads and writes wait"
        : "and cannot be rolled back: it commits at once, also what was open before it";
  }

  private static String others(ObjectName name, Context context) {
    var referencedBy =
        context.schema().table(name).map(Table::dependents).map(d -> d.referencedBy());
    return referencedBy
        .map(tables -> tables.isEmpty() ? "" : " and, by CASCADE, of %s".formatted(tables))
        .orElse(" and, by CASCADE, of every table with a foreign key to it");
  }
}
