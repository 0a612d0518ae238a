// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `LostInstant.md`, beside this file.
public record LostInstant() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.lost-instant",
          "Changes that are instant only alone",
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
  public void check(ScriptStatement statement, Context context) {
    Altering.inUse(statement, context.schema(), context.session())
        .filter(altering -> !altering.isSmall())
        .filter(altering -> altering.work().filter(Work::rebuild).isPresent())
        .ifPresent(altering -> {
          var reasons = altering.online().reasons();
          var cheap =
              reasons.stream()
                  .noneMatch(reason -> reason.work() == null || reason.work().rebuild());
          var instant = reasons.stream().filter(LostInstant::isInstant).findFirst();
          var other = reasons.stream().filter(reason -> !isInstant(reason)).findFirst();
          if (cheap && instant.isPresent() && other.isPresent()) {
            context.report(
                instant.get().span(),
                "Alone this is done in an instant (%s), and the rest without a rebuild (%s); together they make the server write all rows of %s anew. Write two ALTER TABLEs."
                    .formatted(instant.get().what(), other.get().what(), altering.table()));
          }
        });
  }

  private static boolean isInstant(Reason reason) {
    return reason.work() != null && reason.work().algorithm() == Algorithm.INSTANT;
  }
}
