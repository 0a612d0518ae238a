// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `MissingWaitLimit.md`, beside this file.
public record MissingWaitLimit(int longestSeconds) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.missing-wait-limit",
          "Definition changed without a limit on waiting",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  private static final Pattern WAIT = Pattern.compile("\\b(?:WAIT\\s+\\d+|NOWAIT)\\b");

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
    for (var step : context.steps()) {
      var table = locked(step.statement().statement());
      if (table != null && step.schema().isInUse(table) && !isLimited(script, step)) {
        context.report(
            step.statement().span(),
            "This needs %s for itself for a moment, and lock_wait_timeout is %s: while it waits behind one long transaction, everything that comes later waits behind it. SET lock_wait_timeout = 5 before it, and try again when it fails."
                .formatted(
                    table,
                    step.session()
                        .setting("lock_wait_timeout")
                        .map(s -> s + " s")
                        .orElse("not set here, usually a day or a year")));
        return;
      }
    }
  }

  private static @Nullable ObjectName locked(Statement statement) {
    return switch (statement) {
      case Statement.AlterTable alter -> alter.table();
      case Statement.CreateIndex create -> create.table();
      case Statement.CreateTrigger(_, var table) -> table;
      case Statement.Truncate truncate -> truncate.tables().getFirst();
      case Statement.RenameTables(var tables) -> tables.getFirst().from();
      case Statement.Drop drop when drop.kind() == ObjectKind.TABLE -> drop.names().getFirst();
      case Statement _ -> null;
    };
  }

  private boolean isLimited(Script script, Step step) {
    var setting = step.session().setting("lock_wait_timeout").orElse("");
    return (setting.matches("\\d{1,9}") && Integer.parseInt(setting) <= longestSeconds)
        || (script.version().engine() == Engine.MARIADB
            && WAIT.matcher(Outline.of(script, step.statement().span())).find());
  }
}
