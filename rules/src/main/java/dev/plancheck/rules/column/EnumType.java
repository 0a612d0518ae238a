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

/// Spec, tests and user documentation: `EnumType.md`, beside this file.
public record EnumType() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.enum-type",
          "List of values in the type of a column",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  private static final Set<String> TYPES = Set.of("enum", "set");

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
                "The values of %s are part of the table: each new one is an ALTER TABLE on every database, one in the middle copies the table, and one that is taken out loses rows' values. Keep them in a table of their own, with a foreign key or without."
                    .formatted(column.name())));
  }
}
