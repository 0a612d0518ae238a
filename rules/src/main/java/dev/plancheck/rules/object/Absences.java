// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one statement needs and a known schema lacks. A kind of object that a snapshot does not
/// hold (roles, functions, schemas) is never claimed to be absent.
final class Absences {
  private static final Set<String> ABOUT_RELATIONS =
      Set.of("COMMENT ON", "GRANT", "REVOKE", "ANALYZE", "CREATE POLICY", "CREATE RULE");

  private final Span at;
  private final Schema schema;
  private final Set<Named> found;

  private Absences(Span at, Schema schema, Set<Named> found) {
    this.at = at;
    this.schema = schema;
    this.found = found;
  }

  static List<Named> of(ScriptStatement statement, Schema schema) {
    var found = new LinkedHashSet<Named>();
    new Absences(statement.span(), schema, found).look(statement.statement());
    return List.copyOf(found);
  }

  private void look(Statement statement) {
    switch (statement) {
      case Statement.CreateTable create -> createTable(create);
      case Statement.CreateTableAs create -> query(create.query());
      case Statement.CreateView create -> query(create.query());
      case Statement.AlterTable alter -> alterTable(alter);
      case Statement.CreateIndex create -> createIndex(create);
      case Statement.Drop drop -> drop(drop);
      case Statement.Rename(var kind, var object, var on, _) -> {
        type(kind, object);
        relation("table", on);
      }
      case Statement.Reindex(var kind, var name, _) -> reindexed(kind, name);
      case Statement.Truncate(var tables, _, _) -> relations(tables);
      case Statement.RefreshMaterializedView(var view, _, _) -> relation("materialized view", view);
      case Statement.AlterDomain(var domain, _, _) -> type(ObjectKind.DOMAIN, domain);
      case Statement.AddEnumValue(var type, _) -> type(ObjectKind.TYPE, type);
      case Statement.CreateTrigger(_, var table) -> relation("table", table);
      case Statement.Cluster(var table) -> relation("table", table);
      case Statement.Vacuum(var tables, _) -> relations(tables);
      case Statement.LockTable(var tables, _) -> relations(tables);
      case Statement.Insert insert -> {
        written(insert.table(), insert.columns());
        query(insert.query());
      }
      case Statement.Update update -> {
        written(update.table(), update.columns());
        query(update.query());
      }
      case Statement.Delete(var table, _, var query) -> {
        relation("table", table);
        query(query);
      }
      case Statement.Merge(var table, var query) -> {
        relation("table", table);
        query(query);
      }
      case Statement.Select(_, var query) -> query(query);
      case Statement.Copy(var table, _, var query) -> {
        relation("table", table);
        query(query);
      }
      case Statement.Utility(var command, var kind, var name) -> utility(command, kind, name);
      // A CREATE SCHEMA's elements come as steps of their own, as what EXPLAIN ANALYZE runs does.
      case Statement.CreateSchema _,
          Statement.CreateDomain _,
          Statement.CreateType _,
          Statement.CreateSequence _,
          Statement.Transaction _,
          Statement.RenameTables _,
          Statement.SetVariable _,
          Statement.SetVariables _,
          Statement.Use _,
          Statement.SetRole _,
          Statement.Explain _,
          Statement.NotAnalysed _,
          Statement.Rejected _,
          Statement.Invalid _ -> {}
    }
  }

  private void createTable(Statement.CreateTable create) {
    relations(create.inherits());
    create.like().forEach(like -> relation("table", like.table()));
    relation("table", create.partitionOf());
    for (var column : create.columns()) {
      for (var constraint : column.constraints()) {
        referenced(constraint, create.table());
      }
    }
    for (var constraint : create.constraints()) {
      if (constraint instanceof TableConstraint.ForeignKey key
          && !key.referencedTable().equals(create.table())) {
        at(key.span()).relation("table", key.referencedTable());
      }
    }
  }

  private void referenced(ColumnConstraint constraint, ObjectName self) {
    if (constraint instanceof ColumnConstraint.References(_, var table, _, _, _)
        && !table.equals(self)) {
      at(constraint.span()).relation("table", table);
    }
  }

  private void createIndex(Statement.CreateIndex create) {
    relation("table", create.table());
    var columns = new ArrayList<String>(create.included());
    for (var part : create.parts()) {
      if (part.column() != null) {
        columns.add(part.column());
      }
    }
    columns(create.table(), columns);
  }

  private void drop(Statement.Drop drop) {
    relation("table", drop.on());
    if (drop.ifExists()) {
      return;
    }
    for (var name : drop.names()) {
      switch (drop.kind()) {
        case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE ->
            relation(drop.kind().words(), name);
        case INDEX -> index(name);
        default -> type(drop.kind(), name);
      }
    }
  }

  private void reindexed(ObjectKind kind, @Nullable ObjectName name) {
    if (name != null && kind == ObjectKind.INDEX) {
      index(name);
    } else if (kind == ObjectKind.TABLE) {
      relation("table", name);
    }
  }

  private void utility(String command, @Nullable ObjectKind kind, @Nullable ObjectName name) {
    if (kind == null || name == null || !ABOUT_RELATIONS.contains(command)) {
      return;
    }
    switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, COLUMN, POLICY, RULE ->
          relation("table", name);
      case SEQUENCE -> relation("sequence", name);
      case INDEX -> index(name);
      default -> type(kind, name);
    }
  }

  private void alterTable(Statement.AlterTable alter) {
    if (alter.ifExists() && isAbsent(alter.table())) {
      return;
    }
    if (alter.kind() == ObjectKind.INDEX) {
      index(alter.table());
      return;
    }
    relation(alter.kind().words(), alter.table());
    var table = schema.table(alter.table()).filter(Absences::hasKnownColumns);
    if (table.isEmpty()) {
      return;
    }
    var made = Made.by(alter);
    for (var action : alter.actions()) {
      at(action.span()).alter(table.get(), action, made);
    }
  }

  /// One action: PostgreSQL lets it see what other actions of the statement add.
  private void alter(Table table, TableAction action, Made made) {
    switch (action) {
      case TableAction.DropColumn(var column, var ifExists, _, _) -> {
        if (!ifExists) {
          column(table, column, made);
        }
      }
      case TableAction.AlterColumnType(var column, _, _, _, _) -> column(table, column, made);
      case TableAction.SetNotNull(var column, _) -> column(table, column, made);
      case TableAction.DropNotNull(var column, _) -> column(table, column, made);
      case TableAction.SetDefault(var column, _, _) -> column(table, column, made);
      case TableAction.DropDefault(var column, _) -> column(table, column, made);
      case TableAction.AddIdentity(var column, _, _) -> column(table, column, made);
      case TableAction.RenameColumn(var from, _, _) -> column(table, from, made);
      case TableAction.DropConstraint(var constraint, var ifExists, _, _) -> {
        if (!ifExists) {
          constraint(table, constraint, made);
        }
      }
      case TableAction.ValidateConstraint(var constraint, _) -> constraint(table, constraint, made);
      case TableAction.RenameConstraint(var from, _, _) -> constraint(table, from, made);
      case TableAction.AddConstraint(var constraint, _) -> added(table, constraint, made);
      case TableAction.AddColumn(var column, _, _) ->
          column.constraints().forEach(constraint -> referenced(constraint, table.name()));
      case TableAction.AttachPartition(var partition, _, _) -> relation("table", partition);
      case TableAction.DetachPartition(var partition, _, _) -> relation("table", partition);
      case TableAction.Inherit(var parent, _, _) -> relation("table", parent);
      case TableAction _ -> {}
    }
  }

  private void added(Table table, TableConstraint constraint, Made made) {
    switch (constraint) {
      case TableConstraint.PrimaryKey key -> key(table, key.columns(), key.usingIndex(), made);
      case TableConstraint.Unique key -> key(table, key.columns(), key.usingIndex(), made);
      case TableConstraint.ForeignKey key -> {
        key.columns().forEach(column -> column(table, column, made));
        relation("table", key.referencedTable());
        columns(key.referencedTable(), key.referencedColumns());
      }
      case TableConstraint.NotNull notNull -> column(table, notNull.column(), made);
      case TableConstraint.Check _, TableConstraint.Index _, TableConstraint.Exclude _ -> {}
    }
  }

  private void key(Table table, List<String> columns, @Nullable String usingIndex, Made made) {
    columns.forEach(column -> column(table, column, made));
    if (usingIndex != null && table.index(usingIndex).isEmpty()) {
      add("index %s on %s".formatted(usingIndex, table.name()));
    }
  }

  private void written(ObjectName table, List<String> columns) {
    relation("table", table);
    columns(table, columns);
  }

  private void columns(ObjectName written, Collection<String> columns) {
    schema
        .table(written)
        .filter(Absences::hasKnownColumns)
        .ifPresent(table -> columns.forEach(column -> column(table, column, Made.NOTHING)));
  }

  private void column(Table table, String column, Made made) {
    if (table.column(column).isEmpty() && !made.columns().contains(column)) {
      add("column %s in %s".formatted(column, table.name()));
    }
  }

  /// From PostgreSQL 18 a NOT NULL is a constraint too, with a name that the walk-through does not
  /// choose.
  private void constraint(Table table, String constraint, Made made) {
    if (table.constraint(constraint).isEmpty()
        && !made.constraints().contains(constraint)
        && !constraint.endsWith("_not_null")) {
      add("constraint %s on %s".formatted(constraint, table.name()));
    }
  }

  private void query(Query query) {
    relations(query.tables());
  }

  private void relations(List<ObjectName> names) {
    names.forEach(name -> relation("table", name));
  }

  private void relation(String kind, @Nullable ObjectName name) {
    if (name != null && isAbsent(name)) {
      add(kind + " " + name);
    }
  }

  private void index(ObjectName name) {
    if (isAbsent(name)) {
      add("index " + name);
    }
  }

  private void type(ObjectKind kind, ObjectName name) {
    var isType = kind == ObjectKind.TYPE || kind == ObjectKind.DOMAIN;
    // A table's row type answers to the table's name.
    if (isType && !Named.isOfSystem(name) && schema.type(name).isEmpty() && isAbsent(name)) {
      add(kind.words() + " " + name);
    }
  }

  /// Relations and indexes share their names.
  private boolean isAbsent(ObjectName name) {
    return !Named.isOfSystem(name)
        && schema.table(name).isEmpty()
        && schema.tableOfIndex(name).isEmpty();
  }

  /// What the script itself makes is the same on every target, and of what a query makes the
  /// columns are not known.
  private static boolean hasKnownColumns(Table table) {
    return !table.createdByScript()
        && switch (table.kind()) {
          case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> true;
          case VIEW, MATERIALIZED_VIEW, SEQUENCE, COMPOSITE_TYPE -> false;
        };
  }

  private Absences at(Span part) {
    return new Absences(part, schema, found);
  }

  private void add(String what) {
    found.add(new Named(at, what));
  }
}
