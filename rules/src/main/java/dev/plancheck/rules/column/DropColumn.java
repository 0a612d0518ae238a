// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.TypeUse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `DropColumn.md`, beside this file.
public record DropColumn() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.drop-column",
          "Column dropped with its values",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  private static final Set<ObjectKind> TYPES = EnumSet.of(ObjectKind.TYPE, ObjectKind.DOMAIN);

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Drop drop && drop.cascade()) {
      drop.names().forEach(name -> checkType(drop.kind(), name, statement, context));
      return;
    }
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    var table = context.schema().table(alter.table());
    for (var action : alter.actions()) {
      if (action instanceof TableAction.DropColumn(var column, _, var cascade, var at)
          && (!context.schema().known() || table.flatMap(t -> t.column(column)).isPresent())) {
        context.report(
            at,
            "The values of %s.%s are lost%s, and every program that still names the column fails at once. Stop using it in one release and drop it in the next, with a backup."
                .formatted(
                    alter.table(),
                    column,
                    cascade ? " with what depends on it" + views(table.orElse(null)) : ""));
      }
    }
  }

  /// With CASCADE every column of the type goes with it.
  private static void checkType(
      ObjectKind kind, ObjectName name, ScriptStatement statement, Context context) {
    if (kind == ObjectKind.EXTENSION) {
      context.report(
          statement.span(),
          "DROP EXTENSION %s CASCADE drops every column of its types with all values, and indexes and functions that use it. Drop by name what must go, then the extension without CASCADE."
              .formatted(name));
    } else if (TYPES.contains(kind) && TypeUse.isPossible(name, context.schema())) {
      context.report(
          statement.span(),
          "DROP %s %s CASCADE drops every column of it with all values%s. Change the type of the columns first, then drop it without CASCADE."
              .formatted(kind.sql(), name, columns(TypeUse.tables(name, context.schema()))));
    }
  }

  private static String columns(List<ObjectName> tables) {
    return tables.isEmpty() ? "" : ", in %s".formatted(tables);
  }

  private static String views(@Nullable Table table) {
    return table == null || table.dependents().views().isEmpty()
        ? ""
        : " (perhaps %s)".formatted(table.dependents().views());
  }
}
