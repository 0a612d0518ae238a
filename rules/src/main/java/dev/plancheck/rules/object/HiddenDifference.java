// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.engine.text.Span;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `HiddenDifference.md`, beside this file.
public record HiddenDifference() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "object.hidden-difference",
          "IF NOT EXISTS over something different",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create when create.ifNotExists() && isPlain(create) ->
          table(create, statement.span(), context);
      case Statement.CreateIndex create when create.ifNotExists() && create.name() != null ->
          index(create, create.name(), statement.span(), context);
      case Statement _ -> {}
    }
  }

  private static boolean isPlain(Statement.CreateTable create) {
    return create.like().isEmpty() && create.inherits().isEmpty() && create.partitionOf() == null;
  }

  /// What the target has, if it was there before the script.
  private static @Nullable Table there(ObjectName name, Context context) {
    return context.schema().known()
        ? context.schema().table(name).filter(table -> !table.createdByScript()).orElse(null)
        : null;
  }

  private static void table(Statement.CreateTable create, Span at, Context context) {
    var there = there(create.table(), context);
    if (there == null || there.columns().isEmpty()) {
      return;
    }
    var others = new TreeMap<>(context.schema().tables());
    others.remove(there.name());
    var wanted = SchemaWalk.apply(context.schema().withTables(others), create).table(there.name());
    var different =
        wanted.stream()
            .flatMap(table -> table.columns().stream())
            .flatMap(column -> difference(column, there).stream())
            .toList();
    if (!different.isEmpty()) {
      context.report(
          at,
          "%s is there already and is not what is written here: %s. IF NOT EXISTS skips the statement without an error, and what comes later meets the old table. Leave IF NOT EXISTS out, or write the ALTER TABLE that leads to the new one."
              .formatted(create.table(), String.join(", ", different)));
    }
  }

  private static Optional<String> difference(Column wanted, Table there) {
    var column = there.column(wanted.name());
    if (column.isEmpty()) {
      return Optional.of(wanted.name() + " is missing");
    }
    var type = column.get().type();
    return sameType(type, wanted.type())
        ? Optional.empty()
        : Optional.of("%s is %s".formatted(wanted.name(), type));
  }

  /// The display width of a whole number means nothing.
  private static boolean sameType(TypeName one, TypeName other) {
    return one.name().equals(other.name())
        && one.array() == other.array()
        && (one.name().contains("int") || one.modifiers().equals(other.modifiers()));
  }

  private static void index(Statement.CreateIndex create, String name, Span at, Context context) {
    var there = there(create.table(), context);
    var index = there == null ? null : there.index(name).orElse(null);
    if (index == null) {
      return;
    }
    var columns = create.parts().stream().map(Statement.IndexPart::column).toList();
    if (index.unique() != create.unique() || !index.columns().equals(columns)) {
      context.report(
          at,
          "An index %s is there already and is another one: %son %s. IF NOT EXISTS skips the statement without an error. Give the new one another name, or drop the old one first."
              .formatted(
                  name,
                  index.unique() ? "unique, " : "",
                  index.columns().stream()
                      .map(column -> column == null ? "an expression" : column)
                      .collect(Collectors.joining(", "))));
    }
  }
}
