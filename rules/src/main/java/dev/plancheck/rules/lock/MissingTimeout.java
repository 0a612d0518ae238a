// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.Set;

/// Spec, tests and user documentation: `MissingTimeout.md`, beside this file.
public record MissingTimeout(int longestSeconds) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.missing-timeout",
          "Strong lock without a lock_timeout",
          Status.WARNING,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      if (mayConfigure(step.statement().statement())) {
        return;
      }
      var lock =
          Locks.of(step.statement().statement(), step.schema()).stream()
              .filter(taken -> step.schema().isInUse(taken.relation()))
              .findFirst();
      var wrong = lock.isEmpty() ? "" : wrong(step);
      if (lock.isPresent() && !wrong.isEmpty()) {
        context.report(step.statement().span(), message(lock.get(), wrong));
        return;
      }
    }
  }

  /// set_config() may set it to anything.
  private static boolean mayConfigure(Statement statement) {
    return statement instanceof Statement.Select(_, Query query)
        && query.functions().stream().anyMatch(function -> function.name().equals("set_config"));
  }

  /// What is wrong with the timeout in force, or nothing.
  private String wrong(Step step) {
    var setting = step.session().setting("lock_timeout");
    var seconds = setting.map(Timeouts::seconds).orElse(0.0);
    if (seconds <= 0) {
      return "no lock_timeout is set";
    }
    return seconds <= longestSeconds ? "" : "lock_timeout is " + setting.orElseThrow();
  }

  private static String message(Lock lock, String wrong) {
    return "This needs a lock on %s that blocks %s (%s), and %s: while it waits behind one long query, everything that comes later waits behind it. SET lock_timeout = '5s' before it, and try again when it fails."
        .formatted(
            lock.relation(),
            lock.mode().blocksReads() ? "reads and writes" : "writes",
            lock.mode().sql(),
            wrong);
  }
}
