// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;

/// Spec, tests and user documentation: `RebuildingAlter.md`, beside this file.
public record RebuildingAlter() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.rebuilding-alter",
          "Table rebuilt, and replicas late",
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
        .ifPresent(altering -> {
          if (altering.online() instanceof OnlineDdl.Unknown(var reasons, _)) {
            reasons.stream()
                .filter(reason -> reason.work() == null)
                .forEach(reason -> context.undecided(reason.span()));
          } else if (altering
              .work()
              .filter(work -> work.rebuild() && !work.blocksWrites())
              .isPresent()) {
            altering.online().reasons().stream()
                .filter(reason -> reason.work() != null && reason.work().rebuild())
                .findFirst()
                .ifPresent(reason -> context.report(reason.span(), message(altering, reason)));
          }
        });
  }

  private static String message(Altering altering, Reason reason) {
    return "The server writes all rows of %s anew for this (%s): programs go on, but it takes time and disk as the table is big, and replicas begin when it is done here, so they are late by as much. Do it at a quiet hour, or with gh-ost, which waits for replicas."
        .formatted(altering.table(), reason.what());
  }
}
