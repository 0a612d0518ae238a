// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.naming;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `ReservedWord.md`, beside this file.
public record ReservedWord() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "naming.reserved-word",
          "Name that is a word of the language",
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
    var version = context.schema().version();
    for (var given : GivenNames.of(statement)) {
      ReservedWords.since(given.name(), version.engine())
          .ifPresent(since ->
              context.report(
                  given.at(),
                  ReservedWords.isReached(since, version)
                      ? "The %s %s is a reserved word of %s: every statement that names it without quotes fails. Give it another name now; later every program that uses it has to change with it."
                          .formatted(given.of().words(), given.name(), version)
                      : "The %s %s is fine on %s, and a reserved word from %s %s on: after an upgrade every statement that names it without quotes fails. Give it another name now."
                          .formatted(
                              given.of().words(),
                              given.name(),
                              version,
                              version.engine().title(),
                              since)));
    }
  }
}
