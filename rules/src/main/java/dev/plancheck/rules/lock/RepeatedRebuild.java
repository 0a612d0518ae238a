// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import java.util.HashSet;

/// Spec, tests and user documentation: `RepeatedRebuild.md`, beside this file.
public record RepeatedRebuild() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.repeated-rebuild",
          "Table rebuilt twice",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isAboutDirectAlter() {
    return true;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var rebuilt = new HashSet<ObjectName>();
    for (var step : context.steps()) {
      Altering.inUse(step.statement(), step.schema(), step.session())
          .filter(altering -> !altering.isSmall())
          .filter(altering -> altering.work().filter(Work::rebuild).isPresent())
          .filter(altering -> !rebuilt.add(step.schema().qualify(altering.table())))
          .ifPresent(altering ->
              context.report(
                  step.statement().span(),
                  "%s was rebuilt before in this script, and is again for this: each time takes as long as the table is big. Put the changes into one ALTER TABLE, which rebuilds once."
                      .formatted(altering.table())));
    }
  }
}
