// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.rules.BySize;
import java.util.Set;

/// Spec, tests and user documentation: `AddVolatileDefault.md`, beside this file.
public record AddVolatileDefault() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.add-volatile-default",
          "Column added with a volatile default",
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
      var expression = added.column().defaultExpression();
      if (expression == null) {
        continue;
      }
      VolatileCall.in(expression, context.schema()).ifPresent(call -> report(call, added, context));
    }
  }

  private static void report(VolatileCall call, AddedColumn added, Context context) {
    var wayOut =
        "Add the column without a default, SET DEFAULT in a second statement, then fill old rows in"
            + " batches.";
    if (call.certain()) {
      BySize.report(
          context,
          added.table(),
          added.at(),
          "%s() is volatile, so every row of %s is rewritten under an ACCESS EXCLUSIVE lock: all reads and writes wait. %s"
              .formatted(call.function(), added.table(), wayOut));
    } else {
      context.report(
          added.at(),
          Status.WARNING,
          "If %s() is volatile, every row of %s is rewritten under an ACCESS EXCLUSIVE lock: all reads and writes wait. %s"
              .formatted(call.function(), added.table(), wayOut));
    }
  }
}
