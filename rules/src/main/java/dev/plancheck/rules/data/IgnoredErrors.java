// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `IgnoredErrors.md`, beside this file.
public record IgnoredErrors() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.ignored-errors",
          "Errors turned into warnings",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern IGNORE =
      Pattern.compile(
          "^\\s*(?:INSERT|UPDATE|DELETE|LOAD\\s+(?:DATA|XML))\\b(?:(?!\\b(?:SET|FROM|VALUES?|SELECT)\\b)[^(])*?\\bIGNORE\\b(?!\\s*(?:INDEX|KEY|\\d))",
          Pattern.DOTALL);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      var table = changed(step.statement().statement());
      if (table != null
          && step.schema().isInUse(table)
          && IGNORE.matcher(Outline.of(script, step.statement().span())).find()) {
        context.report(
            step.statement().span(),
            "IGNORE hides more than rows that are there already: in %s values that do not fit are cut, NULL becomes 0 or '', and rows that a foreign key or CHECK refuses are left out, all without an error. Leave it out, and name the one case that is expected: ON DUPLICATE KEY UPDATE, or WHERE NOT EXISTS."
                .formatted(table));
      }
    }
  }

  private static @Nullable ObjectName changed(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> insert.table();
      case Statement.Update update -> update.table();
      case Statement.Delete delete -> delete.table();
      case Statement.Copy(var table, var from, _) when from -> table;
      case Statement _ -> null;
    };
  }
}
