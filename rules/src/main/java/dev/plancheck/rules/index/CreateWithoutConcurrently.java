// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
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
    context.report(
        statement.span(),
        "CREATE INDEX takes a SHARE lock on %s and blocks all writes to it until the index is built. Use CREATE INDEX CONCURRENTLY, outside a transaction."
            .formatted(create.table()));
  }
}
