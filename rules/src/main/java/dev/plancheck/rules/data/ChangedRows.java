// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import org.jspecify.annotations.Nullable;

/// The statements that change rows of a table in use, with the outline of each.
final class ChangedRows {
  private ChangedRows() {}

  /// Calls `look` for each UPDATE and DELETE that is a statement of its own.
  static void each(Script script, ScriptContext context, Look look) {
    for (var step : context.steps()) {
      var table = table(step.statement().statement());
      if (table != null && step.schema().isInUse(table) && isWhole(script, step)) {
        look.at(step, table, Outline.of(script, step.statement().span()));
      }
    }
  }

  interface Look {
    void at(Step step, ObjectName table, String outline);
  }

  private static @Nullable ObjectName table(Statement statement) {
    return switch (statement) {
      case Statement.Update update -> update.table();
      case Statement.Delete delete -> delete.table();
      case Statement _ -> null;
    };
  }

  /// Not one inside of another.
  private static boolean isWhole(Script script, Step step) {
    var statement = step.statement();
    return statement.index() < script.statements().size()
        && statement.statement().equals(script.statements().get(statement.index()).statement());
  }
}
