// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Columns and unique keys of the table after the ALTER, each with where it comes from. Names are
/// compared as MySQL does, but kept as they are written: gh-ost compares them by case.
final class Shape {
  /// `before` is null for an added column, `definition` for one that stays as it is.
  record Column(
      String name,
      GhostFacts.@Nullable Column before,
      @Nullable ColumnDefinition definition,
      @Nullable TableAction by) {
    boolean generated() {
      return definition == null
          ? before != null && before.generated()
          : definition.constraints().stream()
              .anyMatch(ColumnConstraint.Generated.class::isInstance);
    }

    boolean autoIncrement() {
      return definition == null
          ? before != null && before.autoIncrement()
          : definition.constraints().stream().anyMatch(ColumnConstraint.Identity.class::isInstance);
    }

    /// Nobody repeats it in an added column: it is counted or computed.
    boolean fillsItself() {
      var expression = definition == null ? null : definition.defaultExpression();
      return autoIncrement()
          || generated()
          || (expression != null && !expression.functions().isEmpty());
    }

    /// An added one that is NULL in every row.
    boolean isAddedEmpty() {
      return before == null
          && definition != null
          && !definition.isNotNull()
          && definition.defaultExpression() == null;
    }
  }

  /// `by` is what makes the key, null for one that was there before. Columns as the table has them;
  /// an expression has no column.
  record Key(String name, List<String> columns, boolean whole, @Nullable Span by) {
    Key {
      columns = List.copyOf(columns);
    }

    boolean has(String column) {
      return columns.stream().anyMatch(column::equalsIgnoreCase);
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();
  private final Set<String> dropped = new HashSet<>();
  private boolean primary;

  private Shape() {}

  static Shape of(Base table, List<TableAction> actions, GhostAlter alter) {
    var shape = new Shape();
    table.columns().forEach(c -> shape.columns.add(new Column(c.name(), c, null, null)));
    for (var key : table.keys()) {
      if (key.unique()) {
        shape.keep(key);
      }
    }
    actions.forEach(shape::remove);
    actions.forEach(action -> shape.redefine(action, alter));
    actions.forEach(action -> shape.add(action, alter));
    actions.forEach(shape::addKey);
    return shape;
  }

  private void keep(GhostFacts.TableKey key) {
    var whole = !key.hasExpression() && !key.prefixed();
    keys.add(new Key(fold(key.name()), key.named(), whole, null));
  }

  private void remove(TableAction action) {
    if (action instanceof TableAction.DropIndex(var name, _, _)) {
      keys.removeIf(key -> key.name().equals(fold(name)));
    } else if (action instanceof TableAction.DropConstraint(var name, _, _, _)) {
      keys.removeIf(key -> key.name().equals(fold(name)));
    } else if (action instanceof TableAction.DropColumn(var name, _, _, var span)) {
      columns.removeIf(column -> column.name().equalsIgnoreCase(name));
      dropped.add(fold(name));
      keys.replaceAll(key -> without(key, name, span));
      keys.removeIf(key -> key.columns().isEmpty());
    }
  }

  /// What is left of a key is a key of its own, which rows must meet anew.
  private static Key without(Key key, String column, Span by) {
    return key.has(column)
        ? new Key(
            key.name(),
            key.columns().stream().filter(name -> !name.equalsIgnoreCase(column)).toList(),
            key.whole(),
            by)
        : key;
  }

  private void redefine(TableAction action, GhostAlter alter) {
    if (action instanceof TableAction.RedefineColumn(var old, var definition, _)) {
      rename(old, written(alter, definition), definition, action);
    } else if (action instanceof TableAction.RenameColumn(var old, var to, var span)) {
      var written = Words.last(alter.script().source().slice(span));
      rename(old, written == null ? to : written, null, action);
    }
  }

  /// The name of a defined column as the sheet spells it.
  static String written(GhostAlter alter, ColumnDefinition definition) {
    var first = Words.first(alter.script().source().slice(definition.span()));
    return first == null ? definition.name() : first;
  }

  private void rename(
      String old, String name, @Nullable ColumnDefinition definition, TableAction by) {
    for (var at = 0; at < columns.size(); at++) {
      var column = columns.get(at);
      if (column.name().equalsIgnoreCase(old)) {
        var kept = definition == null ? column.definition() : definition;
        columns.set(at, new Column(name, column.before(), kept, by));
        keys.replaceAll(key -> renamed(key, old, name));
        return;
      }
    }
  }

  private static Key renamed(Key key, String old, String name) {
    return new Key(
        key.name(),
        key.columns().stream().map(c -> c.equalsIgnoreCase(old) ? name : c).toList(),
        key.whole(),
        key.by());
  }

  private void add(TableAction action, GhostAlter alter) {
    if (action instanceof TableAction.AddColumn(var definition, var ifNotExists, _)
        && !(ifNotExists && column(definition.name()).isPresent())) {
      columns.add(new Column(written(alter, definition), null, definition, action));
    }
  }

  private void addKey(TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var definition, _, var span) -> addKeys(definition, span);
      case TableAction.RedefineColumn(_, var definition, var span) -> addKeys(definition, span);
      case TableAction.AddConstraint(TableConstraint.PrimaryKey key, var span) -> {
        primary = true;
        addKey("primary", key.columns(), span);
      }
      case TableAction.AddConstraint(TableConstraint.Unique key, var span) ->
          addKey(String.valueOf(key.name()), key.columns(), span);
      case TableAction _ -> {}
    }
  }

  private void addKeys(ColumnDefinition definition, Span span) {
    for (var constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.PrimaryKey) {
        primary = true;
        addKey("primary", List.of(definition.name()), span);
      } else if (constraint instanceof ColumnConstraint.Unique) {
        addKey(definition.name(), List.of(definition.name()), span);
      }
    }
  }

  private void addKey(String name, List<String> folded, Span span) {
    var named = folded.stream().map(c -> column(c).map(Column::name).orElse(c)).toList();
    keys.add(new Key(fold(name), named, true, span));
  }

  /// The same columns with the unique keys that a server made of them.
  Shape withKeys(List<GhostFacts.TableKey> made) {
    var shape = new Shape();
    shape.columns.addAll(columns);
    shape.dropped.addAll(dropped);
    shape.primary = primary;
    made.stream().filter(GhostFacts.TableKey::unique).forEach(shape::keep);
    return shape;
  }

  List<Column> columns() {
    return columns;
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /// What became of a column of before; empty if it is dropped.
  Optional<Column> successor(GhostFacts.Column before) {
    return columns.stream().filter(column -> before.equals(column.before())).findFirst();
  }

  List<Key> keys() {
    return keys;
  }

  /// Whether an action drops a column of this name, even if another adds one.
  boolean drops(String column) {
    return dropped.contains(fold(column));
  }

  /// Whether an action makes a primary key.
  boolean makesPrimary() {
    return primary;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
