// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `DropTable.md`, beside this file.
public record DropTable() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.drop-table",
          "Table dropped with its rows",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  /// A temporary table belongs to nobody but the session.
  private static final Pattern REPLACING =
      Pattern.compile("^\\s*CREATE\\s+OR\\s+REPLACE\\s+TABLE\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      switch (step.statement().statement()) {
        case Statement.Drop drop -> dropped(drop, step, context);
        case Statement.CreateTable create -> replaced(create.table(), script, step, context);
        case Statement.CreateTableAs create -> replaced(create.table(), script, step, context);
        case Statement _ -> {}
      }
    }
  }

  /// MariaDB drops the table of before in silence.
  private static void replaced(ObjectName table, Script script, Step step, ScriptContext context) {
    if (script.version().engine() == Engine.MARIADB
        && step.schema().isInUse(table)
        && REPLACING.matcher(Outline.of(script, step.statement().span())).find()) {
      context.report(
          step.statement().span(),
          "CREATE OR REPLACE drops the table %s with its rows, if there is one, and makes an empty one; nothing but a backup brings them back. Write CREATE TABLE, which fails where there is one, and rename what is there first."
              .formatted(table));
    }
  }

  private static void dropped(Statement.Drop drop, Step step, ScriptContext context) {
    var at = step.statement().span();
    if (drop.kind() == ObjectKind.TABLE) {
      for (var table : drop.names()) {
        if (step.schema().isInUse(table)) {
          context.report(at, message(table, step.schema()));
        }
      }
    } else if (drop.kind() == ObjectKind.DATABASE || drop.kind() == ObjectKind.OWNED) {
      drop.names().forEach(name -> context.report(at, all(drop.kind(), name)));
    } else if (drop.kind() == ObjectKind.SCHEMA && drop.cascade()) {
      for (var schema : drop.names()) {
        if (mayHoldTables(schema.name(), step.schema())) {
          context.report(
              at,
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

  private static boolean mayHoldTables(String name, Schema schema) {
    var inside =
        schema.tables().values().stream()
            .filter(table -> name.equals(table.name().schema()))
            .toList();
    return inside.isEmpty() || inside.stream().anyMatch(table -> schema.isInUse(table.name()));
  }

  private static String message(ObjectName name, Schema schema) {
    var others =
        schema
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
