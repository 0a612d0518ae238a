// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `CreateWithoutConcurrently.md`, beside this file.
public record CreateWithoutConcurrently() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.create-without-concurrently",
          "Index built while writers wait",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.CreateIndex create)
        || create.concurrently()
        || !context.schema().isInUse(create.table())) {
      return;
    }
    var table = context.schema().table(create.table());
    var name = create.name();
    if (name != null && table.flatMap(t -> t.index(name)).isPresent()) {
      return;
    }
    var kind = table.map(Table::kind).orElse(Table.Kind.TABLE);
    var partitioned = kind == Table.Kind.PARTITIONED_TABLE;
    if (kind == Table.Kind.MATERIALIZED_VIEW
        || (create.only() && (partitioned || table.isEmpty()))) {
      return;
    }
    BySize.report(
        context,
        create.table(),
        statement.span(),
        "CREATE INDEX takes a SHARE lock on %s%s: all writes wait until the index is built. %s"
            .formatted(
                create.table(),
                partitioned ? " and every partition" : "",
                partitioned
                    ? "Create it ON ONLY the parent, build one CONCURRENTLY on each partition, then"
                        + " attach them with ALTER INDEX ... ATTACH PARTITION."
                    : "Use CREATE INDEX CONCURRENTLY, outside a transaction."));
  }
}
