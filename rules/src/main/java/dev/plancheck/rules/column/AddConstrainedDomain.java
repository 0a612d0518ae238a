// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.UserType;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `AddConstrainedDomain.md`, beside this file.
public record AddConstrainedDomain() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.add-constrained-domain",
          "Column of a constrained domain added",
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
      var written = added.column().type();
      var type = context.schema().type(written.objectName());
      if (!written.array() && type.map(UserType::constrained).orElse(false)) {
        BySize.report(
            context,
            added.table(),
            added.at(),
            "The domain %s has constraints, so all of %s is rewritten under an ACCESS EXCLUSIVE lock to check them: all reads and writes wait. Add a column of the plain type and a CHECK as NOT VALID, then VALIDATE it."
                .formatted(written, added.table()));
      }
    }
  }
}
