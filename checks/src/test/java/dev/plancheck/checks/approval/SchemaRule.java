// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.Set;

/// A rule with another finding for each schema, and none that depends on the sheet.
record SchemaRule() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo("test.schema", "Schema", Status.WARNING, Set.of(Engine.POSTGRESQL), "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    context.report(statement.span(), "looks like " + Fingerprint.of(context.schema()));
  }
}
