// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.BySize;
import java.util.List;

/// Spec, tests and user documentation: `WriteBlockingAlter.md`, beside this file.
public record WriteBlockingAlter() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.write-blocking-alter",
          "Writes blocked while a table is altered",
          Status.ERROR,
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
        .ifPresent(altering -> {
          switch (altering.online()) {
            case OnlineDdl.Known(var work, var reasons, _, var refused) -> {
              if (refused == null && work.blocksWrites()) {
                known(altering, work, reasons, statement.span(), context);
              }
            }
            case OnlineDdl.Unknown(var reasons, _) ->
                reasons.forEach(reason -> reason(altering, reason, context));
          }
        });
  }

  /// Each action that alone is the cause; or else the clause that asks for it, or all together.
  private static void known(
      Altering altering, Work work, List<Reason> reasons, Span all, Context context) {
    var causes =
        reasons.stream()
            .filter(reason -> reason.work() != null && reason.work().blocksWrites())
            .toList();
    if (!causes.isEmpty()) {
      causes.forEach(reason -> reason(altering, reason, context));
      return;
    }
    var clause = altering.clause();
    report(
        altering,
        clause.map(TableAction::span).orElse(all),
        clause
            .map(one -> "%s=%s asks for it".formatted(one.clause(), one.value()))
            .orElse("its changes cannot be made together in another way"),
        work,
        context);
  }

  private static void reason(Altering altering, Reason reason, Context context) {
    var work = reason.work();
    if (work == null) {
      context.undecided(reason.span());
    } else if (work.blocksWrites()) {
      report(altering, reason.span(), reason.what(), work, context);
    }
  }

  private static void report(Altering altering, Span at, String why, Work work, Context context) {
    BySize.report(
        context,
        altering.table(),
        at,
        "%s (%s), and all writes to %s wait until that is done. %s"
            .formatted(what(altering, work), why, altering.table(), remedy(altering.size())));
  }

  private static String what(Altering altering, Work work) {
    return work.algorithm() == Algorithm.COPY
        ? "COPY: the server copies %s row by row".formatted(altering.table())
        : work.rebuild()
            ? "%s: the server rebuilds %s under a lock"
                .formatted(work.algorithm(), altering.table())
            : "%s: the server works on %s under a lock"
                .formatted(work.algorithm(), altering.table());
  }

  private static String remedy(SizeBand size) {
    return size == SizeBand.LARGE
        ? "It is large here: use gh-ost or pt-online-schema-change."
        : "Change a large table with gh-ost or pt-online-schema-change, or at an hour without"
            + " writes.";
  }
}
