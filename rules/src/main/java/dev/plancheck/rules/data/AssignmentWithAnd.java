// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `AssignmentWithAnd.md`, beside this file.
public record AssignmentWithAnd() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.assignment-with-and",
          "Assignments joined by AND",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  /// From SET to what ends the list.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "\\bSET\\b(.*?)(?=\\bWHERE\\b|\\bORDER\\s+BY\\b|\\bLIMIT\\b|$)", Pattern.DOTALL);

  private static final Pattern CASE = Pattern.compile("\\bCASE\\b.*?\\bEND\\b", Pattern.DOTALL);

  /// `a = 1 AND b = 2` between commas.
  private static final Pattern JOINED =
      Pattern.compile("=[^,]*?\\bAND\\s+(?:[\\w$]+\\s*\\.\\s*)?[\\w$]+\\s*=(?!=)");

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
          var set = ASSIGNED.matcher(outline);
          if (step.statement().statement() instanceof Statement.Update
              && set.find()
              && JOINED.matcher(CASE.matcher(set.group(1)).replaceAll(" ")).find()) {
            context.report(
                step.statement().span(),
                "a = 1 AND b = 2 in SET is one assignment: a becomes 0 or 1, whichever the whole comparison is, and b of %s keeps its value. Put commas between assignments, or brackets around a comparison that is meant."
                    .formatted(table));
          }
        });
  }
}
