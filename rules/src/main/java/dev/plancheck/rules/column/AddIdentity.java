// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `AddIdentity.md`, beside this file.
public record AddIdentity() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.add-identity",
          "Identity column added",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    for (var added : AddedColumn.in(statement, context)) {
      if (added.column().constraints().stream()
          .anyMatch(ColumnConstraint.Identity.class::isInstance)) {
        BySize.report(
            context,
            added.table(),
            added.at(),
            "An identity column is numbered at once, so all of %s is rewritten under an ACCESS EXCLUSIVE lock: all reads and writes wait. Add a plain column, fill old rows in batches, set NOT NULL by way of a validated CHECK, then ADD GENERATED ... AS IDENTITY."
                .formatted(added.table()));
      }
    }
  }
}
