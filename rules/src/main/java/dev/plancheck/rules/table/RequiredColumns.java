// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import java.util.stream.Stream;

/// Spec, tests and user documentation: `RequiredColumns.md`, beside this file.
public record RequiredColumns(String columns) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.required-columns",
          "Table without a column that all tables have",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      if (step.statement().statement() instanceof Statement.CreateTable create
          && create.persistence() != Persistence.TEMPORARY
          && create.partitionOf() == null) {
        var table = context.after().tables().get(step.schema().qualify(create.table()));
        if (table != null && table.createdByScript()) {
          var missing =
              Stream.of(columns.split("\\s*,\\s*", -1))
                  .filter(column -> !column.isBlank() && table.column(column.strip()).isEmpty())
                  .toList();
          if (!missing.isEmpty()) {
            context.report(
                step.statement().span(),
                "%s lacks %s, which every table here has: tools that rely on it leave the table out, or fail. Add it now, while there are no rows to fill."
                    .formatted(create.table(), String.join(", ", missing)));
          }
        }
      }
    }
  }
}
