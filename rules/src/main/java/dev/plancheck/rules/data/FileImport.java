// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `FileImport.md`, beside this file.
public record FileImport() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.file-import",
          "Rows from a file that nobody sees",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Copy(var table, var from, _)
        && from
        && table != null
        && context.schema().isInUse(table)) {
      context.report(
          statement.span(),
          "The rows for %s come from a file that is no part of this sheet: nobody reviews or counts them, and the file must be there, and the same, wherever the script runs. Load it with a tool of its own, or write the rows as INSERT."
              .formatted(table));
    }
  }
}
