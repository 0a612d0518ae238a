// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `Existing.md`, beside this file.
public record Existing() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "object.existing",
          "Fails: it makes what is there already",
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
            ? Presences::of
            : (statement, schema) -> MysqlPresences.of(script, statement, schema),
        "This database already has the %s, so this statement fails here. Find out who made it and"
            + " whether it is the same thing; IF NOT EXISTS would only hide a different one.",
        "This database already has the %s, so this statement fails here, unless an earlier"
            + " statement that cannot be looked into takes it away.");
  }
}
