// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `TooMany.md`, beside this file.
public record TooMany(int most) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.too-many",
          "Table with too many indexes",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var told = new HashSet<ObjectName>();
    for (var step : context.steps()) {
      var name = indexed(step.statement().statement());
      var table = name == null ? null : context.after().table(name).orElse(null);
      if (table != null
          && context.after().isComplete(table)
          && table.indexes().size() > most
          && told.add(table.name())) {
        context.report(
            step.statement().span(),
            "%s has %d indexes then, more than %d: every INSERT, and most UPDATEs, write into each of them. Look which ones nothing reads, and drop these first."
                .formatted(name, table.indexes().size(), most));
      }
    }
  }

  private static @Nullable ObjectName indexed(Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> create.table();
      case Statement.CreateIndex create -> create.table();
      case Statement.AlterTable alter
          when alter.actions().stream().anyMatch(TableAction.AddConstraint.class::isInstance) ->
          alter.table();
      case Statement _ -> null;
    };
  }
}
