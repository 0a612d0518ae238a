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
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.Set;

/// Spec, tests and user documentation: `DropWithoutConcurrently.md`, beside this file.
public record DropWithoutConcurrently() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.drop-without-concurrently",
          "Index dropped while readers and writers wait",
          Status.WARNING,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Drop drop
        && drop.kind() == ObjectKind.INDEX
        && !drop.concurrently()) {
      drop.names().forEach(index -> check(index, statement, context));
    }
  }

  private static void check(ObjectName index, ScriptStatement statement, Context context) {
    var table = context.schema().tableOfIndex(index);
    var inUse =
        table.map(t -> context.schema().isInUse(t.name())).orElse(!context.schema().known());
    if (!inUse) {
      return;
    }
    var partitioned =
        table.map(Table::kind).filter(kind -> kind == Table.Kind.PARTITIONED_TABLE).isPresent();
    context.report(
        statement.span(),
        "DROP INDEX takes an ACCESS EXCLUSIVE lock on %s: it waits for every running query, and all reads and writes queue behind it. %s"
            .formatted(
                table.map(t -> t.name().toString()).orElse("the table of " + index),
                partitioned
                    ? "The index of a partitioned table cannot be dropped concurrently: set a short"
                        + " lock_timeout and try again when it fails."
                    : "Use DROP INDEX CONCURRENTLY, outside a transaction."));
  }
}
