// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `TimestampType.md`, beside this file.
public record TimestampType() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.timestamp-type",
          "Times that end in 2038",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    WrittenColumns.of(statement.statement()).stream()
        .filter(column -> column.type().name().equals("timestamp"))
        .forEach(column ->
            context.report(
                column.span(),
                "%s cannot hold times after January 2038 (since MariaDB 11.5 after 2106), and what it shows depends on the time zone of each session. Use DATETIME(6) in UTC."
                    .formatted(column.name())));
  }
}
