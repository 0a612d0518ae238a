// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Applies the actions of an ALTER TABLE, ALTER INDEX, ALTER VIEW ... to a schema.
final class TableAlteration {
  private static final Set<ObjectKind> TABLES =
      EnumSet.of(ObjectKind.TABLE, ObjectKind.FOREIGN_TABLE);

  private TableAlteration() {}

  static Schema apply(Schema before, Statement.AlterTable alter) {
    var known = before.table(alter.table());
    if (known.isEmpty() || alter.kind() == ObjectKind.INDEX) {
      var owner = before.tableOfIndex(alter.table());
      if (owner.isPresent()) {
        return alterIndex(before, owner.get(), alter);
      }
    }
    if (known.isEmpty() && (before.known() || !TABLES.contains(alter.kind()))) {
      return before;
    }
    var schema = before;
    var name = known.map(Table::name).orElseGet(() -> before.qualify(alter.table()));
    for (var action : alter.actions()) {
      schema = apply(schema, name, action, alter.only());
      name = nameAfter(name, action);
    }
    return schema;
  }

  private static ObjectName nameAfter(ObjectName name, TableAction action) {
    return switch (action) {
      case TableAction.RenameTo(var to, _) -> name.withName(to);
      case TableAction.SetSchema(var schema, _) -> name.inSchema(schema);
      case TableAction _ -> name;
    };
  }

  private static Schema alterIndex(Schema before, Table owner, Statement.AlterTable alter) {
    var draft = new TableDraft(before, owner);
    for (var action : alter.actions()) {
      if (action instanceof TableAction.RenameTo(var to, _)) {
        renameIndex(draft, alter.table().name(), to);
        draft.changeConstraint(alter.table().name(), c -> c.withName(to));
      }
    }
    return draft.schema();
  }

  private static void renameIndex(TableDraft draft, String from, String to) {
    draft.replace(
        draft
            .table()
            .withIndexes(
                draft.table().indexes().stream()
                    .map(index -> index.name().equals(from) ? index.withName(to) : index)
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList()));
  }

  private static Schema apply(Schema before, ObjectName name, TableAction action, boolean only) {
    var table = before.tables().get(name);
    var draft = new TableDraft(before, table == null ? partial(name) : table);
    var schema = applyToOne(draft, action);
    if (only || table == null || !descends(action)) {
      return schema;
    }
    for (var child : table.dependents().partitions()) {
      if (schema.tables().containsKey(child)) {
        schema = apply(schema, child, action, false);
      }
    }
    return schema;
  }

  /// A table of which nothing is known but what the script says.
  private static Table partial(ObjectName name) {
    return new Table(
        name,
        Table.Kind.TABLE,
        Persistence.PERMANENT,
        SizeBand.UNKNOWN,
        false,
        List.of(),
        List.of(),
        List.of(),
        Dependents.NONE);
  }

  /// Whether partitions and children follow their parent.
  private static boolean descends(TableAction action) {
    return switch (action) {
      case TableAction.AddColumn _,
          TableAction.DropColumn _,
          TableAction.AlterColumnType _,
          TableAction.SetNotNull _,
          TableAction.DropNotNull _,
          TableAction.SetDefault _,
          TableAction.DropDefault _,
          TableAction.SetExpression _,
          TableAction.DropExpression _,
          TableAction.AddConstraint _,
          TableAction.DropConstraint _,
          TableAction.ValidateConstraint _,
          TableAction.RenameColumn _,
          TableAction.RenameConstraint _ ->
          true;
      case TableAction _ -> false;
    };
  }

  private static Schema applyToOne(TableDraft draft, TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var column, var ifNotExists, _) -> {
        if (!ifNotExists || draft.table().column(column.name()).isEmpty()) {
          draft.addColumn(column);
        }
      }
      case TableAction.DropColumn(var column, _, _, _) -> dropColumn(draft, column);
      case TableAction.AlterColumnType(var column, var type, var collation, _, _) ->
          draft.changeColumn(
              column, c -> c.withType(draft.resolved(type), TableDraft.collation(collation)));
      case TableAction.SetNotNull(var column, _) -> setNotNull(draft, column);
      case TableAction.DropNotNull(var column, _) -> draft.notNull(column, false);
      case TableAction.SetDefault(var column, var expression, _) ->
          draft.changeColumn(column, c -> c.withDefault(expression.text()));
      case TableAction.DropDefault(var column, _) ->
          draft.changeColumn(column, c -> c.withDefault(null));
      case TableAction.AddIdentity(var column, _, _) ->
          draft.changeColumn(column, c -> c.withGeneration(Generation.IDENTITY));
      case TableAction.DropIdentity(var column, _) ->
          draft.changeColumn(column, c -> c.withGeneration(Generation.NONE));
      case TableAction.DropExpression(var column, _) ->
          draft.changeColumn(column, c -> c.withGeneration(Generation.NONE));
      case TableAction.AddConstraint(var constraint, _) -> draft.addConstraint(constraint, false);
      case TableAction.DropConstraint(var constraint, _, _, _) -> dropConstraint(draft, constraint);
      case TableAction.ValidateConstraint(var constraint, _) ->
          draft.changeConstraint(constraint, c -> c.withValidated(true));
      case TableAction.AlterConstraint(var constraint, var enforces, _) ->
          draft.changeConstraint(constraint, c -> c.withValidated(c.validated() || enforces));
      case TableAction.RenameColumn(var from, var to, _) -> renameColumn(draft, from, to);
      case TableAction.RenameConstraint(var from, var to, _) -> {
        draft.changeConstraint(from, c -> c.withName(to));
        renameIndex(draft, from, to);
      }
      case TableAction.RenameTo(var to, _) -> {
        return rename(draft, draft.table().name().withName(to));
      }
      case TableAction.SetSchema(var schema, _) -> {
        return rename(draft, draft.table().name().inSchema(schema));
      }
      case TableAction.SetLogged(var logged, _) ->
          draft.replace(
              draft.table().withPersistence(logged ? Persistence.PERMANENT : Persistence.UNLOGGED));
      case TableAction.AttachPartition(var partition, var isDefault, _) -> {
        return link(draft, draft.table().name(), partition, isDefault, true);
      }
      case TableAction.DetachPartition(var partition, _, _) -> {
        return link(draft, draft.table().name(), partition, false, false);
      }
      case TableAction.Inherit(var parent, var add, _) -> {
        var of = draft.schema().table(parent).map(Table::name);
        return of.isEmpty()
            ? draft.schema()
            : link(draft, of.get(), draft.table().name(), false, add);
      }
      case TableAction.RedefineColumn(var column, var definition, _) -> {
        if (!column.equals(definition.name())) {
          renameColumn(draft, column, definition.name());
        }
        draft.redefineColumn(definition);
      }
      case TableAction.DropIndex(var index, _, _) -> dropIndex(draft, index);
      case TableAction.RenameIndex(var from, var to, _) -> {
        draft.changeConstraint(from, c -> c.withName(to));
        renameIndex(draft, from, to);
      }
      case TableAction.SetTableOption(var option, var value, _) ->
          draft.replace(MysqlTraits.withOption(draft.schema(), draft.table(), option, value));
      case TableAction.AlterPartition(var what, _, _, _) ->
          draft.replace(MysqlTraits.partitioned(draft.table(), what));
      case TableAction.Other(var name, _) -> rowSecurity(draft, name);
      case TableAction.SetExpression _,
          TableAction.OwnerTo _,
          TableAction.SetTablespace _,
          TableAction.SetAccessMethod _,
          TableAction.SetOptions _,
          TableAction.SetTrigger _,
          TableAction.Execution _ -> {}
    }
    return draft.schema();
  }

  private static Schema rename(TableDraft draft, ObjectName to) {
    return Links.renamed(draft.schema(), draft.table().name(), to);
  }

  private static Schema link(
      TableDraft draft, ObjectName parent, ObjectName child, boolean isDefault, boolean add) {
    var schema = draft.schema();
    var name = schema.table(child).map(Table::name).orElseGet(() -> schema.qualify(child));
    return add
        ? Links.addPartition(schema, parent, name, isDefault)
        : Links.removePartition(schema, parent, name);
  }

  private static void rowSecurity(TableDraft draft, String action) {
    if (action.equals("ENABLE ROW LEVEL SECURITY") || action.equals("DISABLE ROW LEVEL SECURITY")) {
      var enabled = action.startsWith("ENABLE");
      draft.replace(
          draft.table().withDependents(draft.table().dependents().withRowSecurity(enabled)));
    }
  }

  private static void setNotNull(TableDraft draft, String column) {
    draft.notNull(column, true);
    for (var constraint : draft.table().constraints()) {
      if (constraint.kind() == ConstraintKind.NOT_NULL && constraint.columns().contains(column)) {
        draft.changeConstraint(constraint.name(), c -> c.withValidated(true));
      }
    }
  }

  /// Indexes and constraints that use the column go with it, in PostgreSQL all of them.
  private static void dropColumn(TableDraft draft, String column) {
    var before = draft.table();
    var left = before.withColumns(without(before.columns(), c -> c.name().equals(column)));
    draft.replace(
        MysqlTraits.apply(draft.schema())
            ? left.withIndexes(MysqlTraits.indexesWithout(before, column))
                .withConstraints(MysqlTraits.constraintsWithout(before, column))
            : left.withIndexes(without(before.indexes(), i -> i.columns().contains(column)))
                .withConstraints(without(before.constraints(), c -> c.columns().contains(column))));
    unlink(draft, before);
  }

  private static void dropConstraint(TableDraft draft, String name) {
    var before = draft.table();
    var dropped = before.constraint(name);
    if (dropped.isEmpty()) {
      return;
    }
    draft.replace(
        before
            .withConstraints(without(before.constraints(), c -> c.name().equals(name)))
            .withIndexes(
                hasIndex(dropped.get().kind())
                    ? without(before.indexes(), i -> i.name().equals(name))
                    : before.indexes()));
    if (dropped.get().kind() == ConstraintKind.NOT_NULL) {
      dropped.get().columns().forEach(column -> draft.notNull(column, false));
    }
    unlink(draft, before);
  }

  /// An index that a constraint stands on goes with it.
  private static void dropIndex(TableDraft draft, String name) {
    if (draft.table().constraint(name).isPresent()) {
      dropConstraint(draft, name);
    } else {
      var table = draft.table();
      draft.replace(table.withIndexes(without(table.indexes(), i -> i.name().equals(name))));
    }
  }

  static boolean hasIndex(ConstraintKind kind) {
    return kind == ConstraintKind.PRIMARY_KEY
        || kind == ConstraintKind.UNIQUE
        || kind == ConstraintKind.EXCLUDE;
  }

  /// Tells referenced tables which foreign keys are gone.
  private static void unlink(TableDraft draft, Table before) {
    for (var constraint : before.constraints()) {
      var to = constraint.references();
      if (to != null && draft.table().constraint(constraint.name()).isEmpty()) {
        draft.through(schema -> Links.removeReference(schema, draft.table(), to));
      }
    }
  }

  private static void renameColumn(TableDraft draft, String from, String to) {
    draft.changeColumn(from, c -> c.withName(to));
    var table = draft.table();
    draft.replace(
        table
            .withIndexes(
                table.indexes().stream()
                    .map(index -> index.withColumns(renamed(index.columns(), from, to)))
                    .toList())
            .withConstraints(table.constraints().stream().map(c -> renamed(c, from, to)).toList()));
    for (var child : table.dependents().referencedBy()) {
      draft.through(schema -> renameReferenced(schema, child, table.name(), from, to));
    }
  }

  private static Schema renameReferenced(
      Schema schema, ObjectName child, ObjectName parent, String from, String to) {
    var table = schema.tables().get(child);
    if (table == null) {
      return schema;
    }
    var changed = new ArrayList<Constraint>();
    for (var c : table.constraints()) {
      changed.add(
          parent.equals(c.references())
              ? c.withReferences(parent, renamedAll(c.referencedColumns(), from, to))
              : c);
    }
    return schema.withTable(table.withConstraints(changed));
  }

  private static Constraint renamed(Constraint constraint, String from, String to) {
    var proved = constraint.notNullColumn();
    return constraint.withColumns(
        renamedAll(constraint.columns(), from, to), from.equals(proved) ? to : proved);
  }

  private static List<String> renamedAll(List<String> columns, String from, String to) {
    return columns.stream().map(column -> column.equals(from) ? to : column).toList();
  }

  private static List<@Nullable String> renamed(
      List<@Nullable String> columns, String from, String to) {
    var renamed = new ArrayList<@Nullable String>(columns);
    renamed.replaceAll(column -> from.equals(column) ? to : column);
    return renamed;
  }

  private static <T> List<T> without(List<T> all, Predicate<T> gone) {
    return all.stream().filter(gone.negate()).toList();
  }
}
