// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `UnorderedLimit.md`, beside this file.
public record UnorderedLimit() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.unordered-limit",
          "Rows chosen by chance",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern LIMIT = Pattern.compile("\\bLIMIT\\b");
  private static final Pattern ORDER = Pattern.compile("\\bORDER\\s+BY\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    ChangedRows.each(
        script,
        context,
        (step, table, outline) -> {
          if (LIMIT.matcher(outline).find() && !ORDER.matcher(outline).find()) {
            context.report(
                step.statement().span(),
                "LIMIT without ORDER BY takes any rows of %s, others on each database and on each run, and with statement-based replication others on each replica. Add ORDER BY with a unique key, or say in the WHERE which rows are meant."
                    .formatted(table));
          }
        });
  }
}
