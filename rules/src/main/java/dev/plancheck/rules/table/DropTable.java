// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `DropTable.md`, beside this file.
public record DropTable() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.drop-table",
          "Table dropped with its rows",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.Drop drop)) {
      return;
    }
    if (drop.kind() == ObjectKind.TABLE) {
      for (var table : drop.names()) {
        if (context.schema().isInUse(table)) {
          context.report(statement.span(), message(table, context));
        }
      }
    } else if (drop.kind() == ObjectKind.DATABASE || drop.kind() == ObjectKind.OWNED) {
      drop.names().forEach(name -> context.report(statement.span(), all(drop.kind(), name)));
    } else if (drop.kind() == ObjectKind.SCHEMA && drop.cascade()) {
      for (var schema : drop.names()) {
        if (mayHoldTables(schema.name(), context)) {
          context.report(
              statement.span(),
              "DROP SCHEMA %s CASCADE drops every table in it with all rows; nothing but a backup brings them back. Drop its tables by name, one release after the last use."
                  .formatted(schema.name()));
        }
      }
    }
  }

  private static String all(ObjectKind kind, ObjectName name) {
    return kind == ObjectKind.DATABASE
        ? "DROP DATABASE %s destroys every table in it with all rows; nothing but a backup brings them back. Rename it or take its rights to connect away first, and drop it by hand when nothing has missed it."
            .formatted(name)
        : "DROP OWNED BY %s drops every table of that role in this database with all rows, whatever it is called; nothing but a backup brings them back. REASSIGN OWNED to another role first, then drop by name what must go."
            .formatted(name);
  }

  private static boolean mayHoldTables(String name, Context context) {
    var inside =
        context.schema().tables().values().stream()
            .filter(table -> name.equals(table.name().schema()))
            .toList();
    return inside.isEmpty()
        || inside.stream().anyMatch(table -> context.schema().isInUse(table.name()));
  }

  private static String message(ObjectName name, Context context) {
    var others =
        context
            .schema()
            .table(name)
            .map(Table::dependents)
            .map(dependents -> dependents.referencedBy())
            .filter(tables -> !tables.isEmpty())
            .map(tables -> " Tables with a foreign key to it are locked too: %s.".formatted(tables))
            .orElse("");
    return "DROP TABLE %s destroys its rows and breaks whatever still reads it; nothing but a backup brings them back.%s Rename it first, and drop it in a later release when nothing has missed it."
        .formatted(name, others);
  }
}
