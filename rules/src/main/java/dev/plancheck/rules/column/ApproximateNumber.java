// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import java.util.Set;

/// Spec, tests and user documentation: `ApproximateNumber.md`, beside this file.
public record ApproximateNumber() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.approximate-number",
          "Numbers kept only nearly",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  private static final Set<String> TYPES =
      Set.of("float", "double", "float4", "float8", "float unsigned", "double unsigned");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    WrittenColumns.of(statement.statement()).stream()
        .filter(column -> TYPES.contains(column.type().name()))
        .forEach(column ->
            context.report(
                column.span(),
                "%s keeps the nearest number it has, not the one that is stored: 0.1 + 0.2 is not 0.3, and sums of money drift. Use DECIMAL, or whole numbers of the smallest unit."
                    .formatted(column.name())));
  }
}
