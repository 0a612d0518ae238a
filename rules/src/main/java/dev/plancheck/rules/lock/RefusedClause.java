// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import java.util.Comparator;

/// Spec, tests and user documentation: `RefusedClause.md`, beside this file.
public record RefusedClause() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.refused-clause",
          "ALGORITHM or LOCK that the server refuses",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    Altering.of(statement, context.schema(), context.session())
        .ifPresent(altering -> {
          if (altering.online() instanceof OnlineDdl.Known(_, var reasons, _, var refused)
              && refused != null) {
            var why =
                reasons.stream()
                    .max(
                        Comparator.comparing(RefusedClause::algorithm)
                            .thenComparing(RefusedClause::lock))
                    .map(Reason::what)
                    .orElse("");
            context.report(
                altering.clause().map(TableAction::span).orElse(statement.span()),
                "%s%s. The script fails here: this statement does nothing, and what stood before it stays. Leave the clause out, or use gh-ost."
                    .formatted(refused, why.isEmpty() ? "" : " (%s)".formatted(why)));
          }
        });
  }

  private static Algorithm algorithm(Reason reason) {
    var work = reason.work();
    return work == null ? Algorithm.INSTANT : work.algorithm();
  }

  private static dev.plancheck.engine.online.Lock lock(Reason reason) {
    var work = reason.work();
    return work == null ? dev.plancheck.engine.online.Lock.NONE : work.lock();
  }
}
