// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.sql.TypeName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Walks the statements of one script and keeps their names; used once, by one thread.
final class MentionCollector {
  /// These run text that no one has parsed.
  private static final Set<String> DYNAMIC =
      Set.of("DO", "CALL", "EXECUTE", "IMPORT FOREIGN SCHEMA", "DROP OWNED", "REASSIGN OWNED");

  private final TreeSet<ObjectName> relations = new TreeSet<>();
  private final TreeSet<ObjectName> indexes = new TreeSet<>();
  private final TreeSet<ObjectName> types = new TreeSet<>();
  private final TreeSet<ObjectName> functions = new TreeSet<>();
  private final TreeSet<String> schemas = new TreeSet<>();
  private boolean wholeSchema;

  Mentions mentions() {
    return new Mentions(relations, indexes, types, functions, schemas, wholeSchema);
  }

  void add(Statement statement) {
    switch (statement) {
      case Statement.CreateTable create -> createTable(create);
      case Statement.CreateTableAs create -> {
        relation(create.table());
        query(create.query());
      }
      case Statement.AlterTable alter -> alterTable(alter);
      case Statement.CreateIndex create -> createIndex(create);
      case Statement.Drop drop -> drop(drop);
      case Statement.Rename rename -> rename(rename);
      case Statement.RenameTables(var tables) ->
          tables.forEach(renamed -> relations(List.of(renamed.from(), renamed.to())));
      case Statement.Reindex(var kind, var name, _) -> object(kind, name);
      case Statement.Truncate(var tables, var cascade, _) -> {
        relations(tables);
        wholeSchema |= cascade;
      }
      case Statement.CreateView create -> {
        relation(create.view());
        query(create.query());
      }
      case Statement.RefreshMaterializedView(var view, _, _) -> relation(view);
      case Statement.CreateDomain(var domain, var base, _, _, _) -> {
        type(domain);
        type(base);
      }
      case Statement.AlterDomain(var domain, _, _) -> type(domain);
      case Statement.CreateType(var type, _, _) -> type(type);
      case Statement.AddEnumValue(var type, _) -> type(type);
      case Statement.CreateSchema(var schema, _, var elements) -> {
        schemas.add(schema);
        elements.forEach(this::add);
      }
      case Statement.CreateSequence(var sequence, _, _) -> relation(sequence);
      case Statement.CreateTrigger(_, var table) -> relation(table);
      case Statement.Cluster(var table) -> relation(table);
      case Statement.Vacuum(var tables, _) -> relations(tables);
      case Statement.LockTable(var tables, _) -> relations(tables);
      case Statement.Insert insert -> {
        relation(insert.table());
        query(insert.query());
      }
      case Statement.Update update -> {
        relation(update.table());
        expression(update.where());
        query(update.query());
      }
      case Statement.Delete(var table, var where, var query) -> {
        relation(table);
        expression(where);
        query(query);
      }
      case Statement.Merge(var table, var query) -> {
        relation(table);
        query(query);
      }
      case Statement.Select(_, var query) -> query(query);
      case Statement.Copy(var table, _, var query) -> {
        relation(table);
        query(query);
      }
      case Statement.SetVariable set -> setVariable(set);
      case Statement.SetVariables(var variables) -> variables.forEach(this::setVariable);
      case Statement.Use(var database) -> schemas.add(database);
      case Statement.Explain(_, var explained) -> add(explained);
      case Statement.Utility(var command, var kind, var name) -> {
        utility(kind, name);
        wholeSchema |= DYNAMIC.contains(command);
      }
      case Statement.NotAnalysed _, Statement.Rejected _ -> wholeSchema = true;
      case Statement.Transaction _, Statement.SetRole _, Statement.Invalid _ -> {}
    }
  }

  private void createTable(Statement.CreateTable create) {
    relation(create.table());
    create.columns().forEach(this::column);
    create.constraints().forEach(constraint -> constraint(create.table(), constraint));
    relations(create.inherits());
    create.like().forEach(like -> relation(like.table()));
    relation(create.partitionOf());
  }

  private void createIndex(Statement.CreateIndex create) {
    relation(create.table());
    if (create.name() != null) {
      index(beside(create.table(), create.name()));
    }
    create.parts().forEach(part -> expression(part.expression()));
    expression(create.where());
  }

  private void drop(Statement.Drop drop) {
    drop.names().forEach(name -> object(drop.kind(), name));
    relation(drop.on());
    wholeSchema |= drop.cascade() || DYNAMIC.contains("DROP " + drop.kind().sql());
  }

  private void rename(Statement.Rename rename) {
    object(rename.kind(), rename.object());
    object(rename.kind(), rename.object().withName(rename.to()));
    relation(rename.on());
  }

  private void setVariable(Statement.SetVariable set) {
    if (set.name().equals("search_path")) {
      schemas.addAll(set.values());
    }
  }

  private void alterTable(Statement.AlterTable alter) {
    var table = alter.table();
    object(alter.kind(), table);
    for (var action : alter.actions()) {
      action(alter.kind(), table, action);
    }
  }

  private void action(ObjectKind kind, ObjectName table, TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var column, _, _) -> column(column);
      case TableAction.DropColumn(_, _, var cascade, _) -> wholeSchema |= cascade;
      case TableAction.AlterColumnType(_, var type, _, var using, _) -> {
        type(type);
        expression(using);
      }
      case TableAction.SetDefault(_, var expression, _) -> expression(expression);
      case TableAction.SetExpression(_, var expression, _) -> expression(expression);
      case TableAction.AddConstraint(var constraint, _) -> constraint(table, constraint);
      case TableAction.DropConstraint(_, _, var cascade, _) -> wholeSchema |= cascade;
      case TableAction.RenameTo(var name, _) -> object(kind, table.withName(name));
      case TableAction.SetSchema(var schema, _) -> {
        schemas.add(schema);
        object(kind, table.inSchema(schema));
      }
      case TableAction.AttachPartition(var partition, _, _) -> object(kind, partition);
      case TableAction.DetachPartition(var partition, _, _) -> relation(partition);
      case TableAction.Inherit(var parent, _, _) -> relation(parent);
      case TableAction.RedefineColumn(_, var column, _) -> column(column);
      case TableAction.AlterPartition(_, _, var other, _) -> relation(other);
      case TableAction.SetNotNull _,
          TableAction.DropNotNull _,
          TableAction.DropDefault _,
          TableAction.AddIdentity _,
          TableAction.DropIdentity _,
          TableAction.DropExpression _,
          TableAction.ValidateConstraint _,
          TableAction.AlterConstraint _,
          TableAction.RenameColumn _,
          TableAction.RenameConstraint _,
          TableAction.OwnerTo _,
          TableAction.SetLogged _,
          TableAction.SetTablespace _,
          TableAction.SetAccessMethod _,
          TableAction.SetOptions _,
          TableAction.SetTrigger _,
          TableAction.DropIndex _,
          TableAction.RenameIndex _,
          TableAction.SetTableOption _,
          TableAction.Execution _,
          TableAction.Other _ -> {}
    }
  }

  private void column(ColumnDefinition column) {
    type(column.type());
    for (var constraint : column.constraints()) {
      switch (constraint) {
        case ColumnConstraint.Default(_, var expression, _) -> expression(expression);
        case ColumnConstraint.Check(_, var expression, _, _) -> expression(expression);
        case ColumnConstraint.Generated(_, var expression, _, _) -> expression(expression);
        case ColumnConstraint.References(_, var table, _, _, _) -> relation(table);
        case ColumnConstraint.NotNull _,
            ColumnConstraint.Null _,
            ColumnConstraint.Unique _,
            ColumnConstraint.PrimaryKey _,
            ColumnConstraint.Identity _,
            ColumnConstraint.Attribute _ -> {}
      }
    }
  }

  private void constraint(ObjectName table, TableConstraint constraint) {
    switch (constraint) {
      case TableConstraint.PrimaryKey(var name, _, var usingIndex, _) -> {
        index(beside(table, name));
        index(beside(table, usingIndex));
      }
      case TableConstraint.Unique(var name, _, var usingIndex, _) -> {
        index(beside(table, name));
        index(beside(table, usingIndex));
      }
      case TableConstraint.Check(_, var expression, _, _) -> expression(expression);
      case TableConstraint.ForeignKey key -> relation(key.referencedTable());
      case TableConstraint.Exclude(var name, _) -> index(beside(table, name));
      case TableConstraint.Index(_, _, var parts, _) ->
          parts.forEach(part -> expression(part.expression()));
      case TableConstraint.NotNull _ -> {}
    }
  }

  /// The object of what belongs to a table is that table.
  private void utility(@Nullable ObjectKind kind, @Nullable ObjectName name) {
    if (kind == ObjectKind.POLICY || kind == ObjectKind.RULE || kind == ObjectKind.TRIGGER) {
      relation(name);
    } else {
      object(kind, name);
    }
  }

  /// What `name` is depends on the kind of object the statement is about.
  private void object(@Nullable ObjectKind kind, @Nullable ObjectName name) {
    if (kind == null || name == null) {
      return;
    }
    switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, COLUMN, CONSTRAINT ->
          relation(name);
      case INDEX -> index(name);
      case TYPE, DOMAIN -> type(name);
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> functions(Set.of(name));
      case SCHEMA -> schemas.add(name.name());
      case ACCESS_METHOD,
          CAST,
          COLLATION,
          CONVERSION,
          DATABASE,
          EVENT,
          EVENT_TRIGGER,
          EXTENSION,
          FOREIGN_DATA_WRAPPER,
          LANGUAGE,
          LARGE_OBJECT,
          OPERATOR,
          OPERATOR_CLASS,
          OPERATOR_FAMILY,
          OWNED,
          POLICY,
          PUBLICATION,
          ROLE,
          RULE,
          SERVER,
          STATISTICS,
          SUBSCRIPTION,
          SYSTEM,
          TABLESPACE,
          TEXT_SEARCH,
          TRANSFORM,
          TRIGGER,
          USER_MAPPING -> {}
    }
  }

  private void query(Query query) {
    relations(query.tables());
    functions(query.functions());
    query.writes().forEach(this::add);
  }

  private void expression(@Nullable Expression expression) {
    if (expression != null) {
      functions(expression.functions());
    }
  }

  private void relations(Collection<ObjectName> names) {
    names.forEach(this::relation);
  }

  private void relation(@Nullable ObjectName name) {
    keep(relations, name);
  }

  private void index(@Nullable ObjectName name) {
    keep(indexes, name);
  }

  private void functions(Collection<ObjectName> names) {
    names.forEach(name -> keep(functions, name));
  }

  private void type(ObjectName name) {
    keep(types, name);
  }

  private void type(TypeName type) {
    if (!type.isSerial()) {
      keep(types, type.objectName());
    }
  }

  private void keep(Collection<ObjectName> names, @Nullable ObjectName name) {
    if (name != null) {
      names.add(name);
      if (name.schema() != null) {
        schemas.add(name.schema());
      }
    }
  }

  /// An index lives in the schema of its table, which is written only there.
  private static @Nullable ObjectName beside(ObjectName table, @Nullable String index) {
    return index == null ? null : table.withName(index);
  }
}
