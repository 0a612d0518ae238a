// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A table while a statement works on it: takes columns, constraints and indexes as a script writes
/// them, and gives them the names that the server would.
final class TableDraft {
  private Schema schema;
  private Table table;

  TableDraft(Schema schema, Table table) {
    this.schema = schema;
    this.table = table;
  }

  Table table() {
    return table;
  }

  /// The schema with the table as it is now.
  Schema schema() {
    return schema.withTable(table);
  }

  /// Lets something else change the schema, the table in it included.
  void through(UnaryOperator<Schema> change) {
    schema = change.apply(schema());
    table = Objects.requireNonNull(schema.tables().get(table.name()));
  }

  void replace(Table changed) {
    table = changed;
  }

  /// Adds the column with all that is written behind its type; a column that is there already (of a
  /// parent, or behind IF NOT EXISTS) stays.
  void addColumn(ColumnDefinition definition) {
    if (table.column(definition.name()).isEmpty()) {
      var added = column(definition);
      table = table.withColumns(MysqlTraits.placed(table.columns(), added, definition));
    }
    for (var constraint : definition.constraints()) {
      addColumnConstraint(definition.name(), constraint);
    }
  }

  /// Puts the definition in the place of the column of its name, all of it: only what a primary key
  /// says of the column stays, and its place, unless the definition names another.
  void redefineColumn(ColumnDefinition definition) {
    var name = definition.name();
    var key =
        table.constraints().stream()
            .anyMatch(c -> c.kind() == ConstraintKind.PRIMARY_KEY && c.columns().contains(name));
    if (table.column(name).isPresent()) {
      var defined = column(definition);
      table =
          table.withColumns(
              MysqlTraits.placed(
                  table.columns(), defined.withNotNull(defined.notNull() || key), definition));
    }
    for (var constraint : definition.constraints()) {
      addColumnConstraint(name, constraint);
    }
  }

  private Column column(ColumnDefinition definition) {
    var written = definition.type();
    var generation = Generation.NONE;
    var byDefault = definition.defaultExpression();
    for (var constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.Generated(_, _, var stored, _)) {
        generation = stored ? Generation.STORED : Generation.VIRTUAL;
      } else if (constraint instanceof ColumnConstraint.Identity) {
        generation = Generation.IDENTITY;
      }
    }
    var column =
        new Column(
            definition.name(),
            resolved(written),
            definition.isNotNull(),
            byDefault != null ? byDefault.text() : written.isSerial() ? "nextval" : null,
            generation,
            collation(definition.collation()));
    return MysqlTraits.apply(schema) ? MysqlTraits.column(table, column, definition) : column;
  }

  /// The type under the name that the catalogue would give: user types with their schema.
  TypeName resolved(TypeName written) {
    return resolved(schema, written);
  }

  static TypeName resolved(Schema schema, TypeName written) {
    if (written.isSerial()) {
      var integer =
          switch (written.name()) {
            case "smallserial" -> "int2";
            case "bigserial" -> "int8";
            default -> "int4";
          };
      return TypeName.of(integer);
    }
    if (written.schema() != null) {
      return written;
    }
    return schema
        .type(written.objectName())
        .map(type ->
            new TypeName(
                type.name().schema(),
                written.name(),
                written.modifiers(),
                written.fields(),
                written.array()))
        .orElse(written);
  }

  static @Nullable String collation(@Nullable ObjectName name) {
    if (name == null) {
      return null;
    }
    return "pg_catalog".equals(name.schema()) ? name.name() : name.toString();
  }

  private void addColumnConstraint(String column, ColumnConstraint constraint) {
    switch (constraint) {
      case ColumnConstraint.NotNull _, ColumnConstraint.Identity _ -> notNull(column, true);
      case ColumnConstraint.Check(var name, var expression, var notValid, _) ->
          addCheck(name, expression, !notValid, column);
      case ColumnConstraint.Unique(var name, _) -> addUnique(name, List.of(column));
      case ColumnConstraint.PrimaryKey(var name, _) -> addPrimaryKey(name, List.of(column));
      case ColumnConstraint.References(var name, var to, var columns, var notValid, _) ->
          addForeignKey(name, List.of(column), to, columns, !notValid);
      case ColumnConstraint.Null _,
          ColumnConstraint.Default _,
          ColumnConstraint.Generated _,
          ColumnConstraint.Attribute _ -> {}
    }
  }

  /// `fresh` tells that the table is being created: then NOT VALID means nothing.
  void addConstraint(TableConstraint constraint, boolean fresh) {
    switch (constraint) {
      case TableConstraint.PrimaryKey(var name, var columns, var usingIndex, _) -> {
        if (usingIndex == null) {
          addPrimaryKey(name, columns);
        } else {
          takeIndex(name, usingIndex, true);
        }
      }
      case TableConstraint.Unique(var name, var columns, var usingIndex, _) -> {
        if (usingIndex == null) {
          addUnique(name, columns);
        } else {
          takeIndex(name, usingIndex, false);
        }
      }
      case TableConstraint.Check(var name, var expression, var notValid, _) ->
          addCheck(name, expression, fresh || !notValid, null);
      case TableConstraint.ForeignKey key ->
          addForeignKey(
              key.name(),
              key.columns(),
              key.referencedTable(),
              key.referencedColumns(),
              fresh || !key.notValid());
      case TableConstraint.Index(var name, var method, var parts, _) -> {
        var columns = new ArrayList<@Nullable String>();
        parts.forEach(part -> columns.add(part.column()));
        var chosen = name != null ? name : ChosenNames.index(schema, table, parts);
        addIndex(new Index(chosen, method, columns, false, false, false, true));
      }
      case TableConstraint.Exclude(var name, _) -> {
        var chosen = name != null ? name : ChosenNames.exclude(schema, table);
        add(constraint(chosen, ConstraintKind.EXCLUDE, List.of()));
      }
      case TableConstraint.NotNull(var name, var column, var notValid, _) -> {
        notNull(column, true);
        add(
            constraint(
                    name != null ? name : ChosenNames.notNull(table, column),
                    ConstraintKind.NOT_NULL,
                    List.of(column))
                .withValidated(fresh || !notValid));
      }
    }
  }

  private void addPrimaryKey(@Nullable String name, List<String> columns) {
    var chosen = name != null ? name : ChosenNames.primaryKey(schema, table);
    columns.forEach(column -> notNull(column, true));
    addIndex(new Index(chosen, "btree", nullable(columns), true, true, false, true));
    add(constraint(chosen, ConstraintKind.PRIMARY_KEY, columns));
  }

  private void addUnique(@Nullable String name, List<String> columns) {
    var chosen = name != null ? name : ChosenNames.unique(schema, table, columns);
    addIndex(new Index(chosen, "btree", nullable(columns), true, false, false, true));
    add(constraint(chosen, ConstraintKind.UNIQUE, columns));
  }

  /// The constraint takes over an index and gives it its own name.
  private void takeIndex(@Nullable String name, String index, boolean primary) {
    var chosen = name != null ? name : index;
    var taken = table.index(index);
    table =
        table.withIndexes(
            table.indexes().stream()
                .map(i -> i.name().equals(index) ? i.withName(chosen).withPrimary(primary) : i)
                .toList());
    var columns = new ArrayList<String>();
    for (var column : taken.map(Index::columns).orElse(List.of())) {
      if (column != null) {
        columns.add(column);
      }
    }
    if (primary) {
      columns.forEach(column -> notNull(column, true));
    }
    add(constraint(chosen, primary ? ConstraintKind.PRIMARY_KEY : ConstraintKind.UNIQUE, columns));
  }

  private void addCheck(
      @Nullable String name, Expression expression, boolean validated, @Nullable String behind) {
    add(
        new Constraint(
            name != null ? name : ChosenNames.check(table, expression, behind),
            ConstraintKind.CHECK,
            validated,
            expression.columns(),
            provedNotNull(expression.form()),
            null,
            List.of(),
            expression.text()));
  }

  private static @Nullable String provedNotNull(Expression.Form form) {
    return switch (form) {
      case Expression.Form.IsNotNull(var column) -> column;
      case Expression.Form.And(var parts) ->
          parts.stream()
              .map(TableDraft::provedNotNull)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      case Expression.Form.Literal _,
          Expression.Form.Column _,
          Expression.Form.Tautology _,
          Expression.Form.Other _ ->
          null;
    };
  }

  private void addForeignKey(
      @Nullable String name,
      List<String> columns,
      ObjectName to,
      List<String> toColumns,
      boolean validated) {
    var referenced = schema.table(to);
    var target = referenced.map(Table::name).orElseGet(() -> schema.qualify(to));
    var targetColumns =
        toColumns.isEmpty() ? referenced.map(TableDraft::primaryKey).orElse(List.of()) : toColumns;
    add(
        constraint(
                name != null ? name : ChosenNames.foreignKey(table, columns),
                ConstraintKind.FOREIGN_KEY,
                columns)
            .withValidated(validated)
            .withReferences(target, targetColumns));
    through(after -> Links.addReference(after, table.name(), target));
  }

  private static List<String> primaryKey(Table table) {
    return table.constraints().stream()
        .filter(c -> c.kind() == ConstraintKind.PRIMARY_KEY)
        .findFirst()
        .map(Constraint::columns)
        .orElse(List.of());
  }

  void addIndex(Index index) {
    var indexes = new ArrayList<>(table.indexes());
    indexes.add(index);
    indexes.sort((a, b) -> a.name().compareTo(b.name()));
    table = table.withIndexes(indexes);
  }

  void notNull(String column, boolean notNull) {
    changeColumn(column, c -> c.withNotNull(notNull));
  }

  void changeColumn(String name, UnaryOperator<Column> change) {
    table =
        table.withColumns(
            table.columns().stream()
                .map(column -> column.name().equals(name) ? change.apply(column) : column)
                .toList());
  }

  void changeConstraint(String name, UnaryOperator<Constraint> change) {
    table =
        table.withConstraints(
            table.constraints().stream()
                .map(c -> c.name().equals(name) ? change.apply(c) : c)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList());
  }

  private void add(Constraint constraint) {
    var constraints = new ArrayList<>(table.constraints());
    constraints.add(constraint);
    constraints.sort((a, b) -> a.name().compareTo(b.name()));
    table = table.withConstraints(constraints);
  }

  private static Constraint constraint(String name, ConstraintKind kind, List<String> columns) {
    return new Constraint(name, kind, true, columns, null, null, List.of(), null);
  }

  private static List<@Nullable String> nullable(List<String> columns) {
    return new ArrayList<@Nullable String>(columns);
  }
}
