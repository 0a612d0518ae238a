// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `Missing.md`, beside this file.
public record Missing() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "object.missing",
          "Fails: it needs what is not there",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    Obscurity.report(
        context,
        script.version().engine() == Engine.POSTGRESQL
            ? Absences::of
            : (statement, schema) -> MysqlAbsences.of(script, statement, schema),
        "This database has no %s, so this statement fails here. Find out which change is missing"
            + " here and make that first, or leave this database out.",
        "This database has no %s, so this statement fails here, unless an earlier statement that"
            + " cannot be looked into makes it.");
  }
}
