// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A rule that depends on all of the schema: any two databases that differ get different findings.
/// It counts how often it looked at a statement.
record SchemaEcho(int seed) implements StatementRule {
  static final AtomicInteger LOOKS = new AtomicInteger();

  private static final RuleInfo INFO =
      new RuleInfo("test.schema-echo", "Schema", Status.WARNING, Set.of(Engine.POSTGRESQL), "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    LOOKS.incrementAndGet();
    context.report(statement.span(), "looks like " + Fingerprint.of(context.schema()));
  }
}
