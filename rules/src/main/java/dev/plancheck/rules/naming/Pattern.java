// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.naming;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import java.util.regex.PatternSyntaxException;

/// Spec, tests and user documentation: `Pattern.md`, beside this file.
public record Pattern(
    String tables, String columns, String indexes, String uniqueKeys, String foreignKeys)
    implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "naming.pattern",
          "Name that is not as names are here",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  public Pattern {
    check("tables", tables);
    check("columns", columns);
    check("indexes", indexes);
    check("unique-keys", uniqueKeys);
    check("foreign-keys", foreignKeys);
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  private static void check(String option, String pattern) {
    try {
      java.util.regex.Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s: %s (expected: a regular expression; %s)"
              .formatted(option, pattern, e.getDescription()),
          e);
    }
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    for (var given : GivenNames.of(statement)) {
      var pattern =
          switch (given.of()) {
            case TABLE -> tables;
            case COLUMN -> columns;
            case INDEX -> indexes;
            case UNIQUE_KEY -> uniqueKeys;
            case FOREIGN_KEY -> foreignKeys;
          };
      if (!given.name().matches(pattern)) {
        context.report(
            given.at(),
            "The %s %s is not named as all are here: %s. Rename it now; later every program that uses it has to change with it."
                .formatted(given.of().words(), given.name(), pattern));
      }
    }
  }
}
