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
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Spec, tests and user documentation: `ExplicitLock.md`, beside this file.
public record ExplicitLock() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.explicit-lock",
          "Table locked by hand",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1");

  private static final Pattern WHOLE_SERVER = Pattern.compile("\\bWITH\\s+READ\\s+LOCK\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      var statement = step.statement();
      switch (statement.statement()) {
        case Statement.LockTable lock -> {
          var used = lock.tables().stream().filter(step.schema()::isInUse).toList();
          if (!used.isEmpty() && keepsOthersOut(lock, step)) {
            context.report(
                statement.span(),
                "Others wait for %s until the lock is given back: for all that stands between, on every database, and if the script hangs, until somebody ends it. Leave it to the statements, which lock what they need for as long as they need it."
                    .formatted(
                        used.stream().map(ObjectName::toString).collect(Collectors.joining(", "))));
          }
        }
        case Statement.Utility(var command, _, _)
            when command.startsWith("FLUSH")
                && WHOLE_SERVER.matcher(Outline.of(script, statement.span())).find() ->
            context.report(
                statement.span(),
                "WITH READ LOCK keeps all writes out, by default in every database of the server,"
                    + " and waits for all open transactions first. Leave it to backups.");
        case Statement _ -> {}
      }
    }
  }

  private static boolean keepsOthersOut(Statement.LockTable lock, Step step) {
    return step.schema().version().engine() != Engine.POSTGRESQL
        || !Locks.of(lock, step.schema()).isEmpty();
  }
}
