// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Spec, tests and user documentation: `ForeignKeyWithoutIndex.md`, beside this file.
public record ForeignKeyWithoutIndex() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.foreign-key-without-index",
          "Foreign key without an index",
          Status.WARNING,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  /// A foreign key as the script writes it.
  private record Added(ObjectName table, List<String> columns, Span at) {}

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      for (var added : added(step)) {
        var table = context.after().tables().get(added.table());
        if (table == null || !context.after().isComplete(table)) {
          context.undecided(added.at());
        } else if (isKept(table, added.columns()) && !isCovered(table, added.columns())) {
          context.report(
              added.at(),
              "No index of %s begins with %s: each delete or key change in the referenced table reads all of %s. Create an index on %s."
                  .formatted(
                      added.table(),
                      String.join(", ", added.columns()),
                      added.table(),
                      String.join(", ", added.columns())));
        }
      }
    }
  }

  private static List<Added> added(Step step) {
    var found = new ArrayList<Added>();
    switch (step.statement().statement()) {
      case Statement.CreateTable create -> {
        var table = step.schema().qualify(create.table());
        create.columns().forEach(column -> addColumn(table, column, found));
        create.constraints().forEach(constraint -> addConstraint(table, constraint, found));
      }
      case Statement.AlterTable alter -> {
        var table =
            step.schema()
                .table(alter.table())
                .map(Table::name)
                .orElse(step.schema().qualify(alter.table()));
        for (var action : alter.actions()) {
          switch (action) {
            case TableAction.AddColumn(var column, _, _) -> addColumn(table, column, found);
            case TableAction.AddConstraint(var constraint, _) ->
                addConstraint(table, constraint, found);
            case TableAction _ -> {}
          }
        }
      }
      case Statement _ -> {}
    }
    return found;
  }

  private static void addColumn(ObjectName table, ColumnDefinition column, List<Added> found) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.References references) {
        found.add(new Added(table, List.of(column.name()), references.span()));
      }
    }
  }

  private static void addConstraint(
      ObjectName table, TableConstraint constraint, List<Added> found) {
    if (constraint instanceof TableConstraint.ForeignKey key) {
      found.add(new Added(table, key.columns(), key.span()));
    }
  }

  /// Whether the key is still there in the end.
  private static boolean isKept(Table table, List<String> columns) {
    return table.constraints().stream()
        .anyMatch(c -> c.kind() == ConstraintKind.FOREIGN_KEY && c.columns().equals(columns));
  }

  /// Whether an index begins with the columns, in whatever order.
  private static boolean isCovered(Table table, List<String> columns) {
    return table.indexes().stream()
        .anyMatch(index ->
            index.valid()
                && index.columns().size() >= columns.size()
                && new HashSet<>(index.columns().subList(0, columns.size()))
                    .equals(new HashSet<>(columns)));
  }
}
