// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which relations a statement locks, and how strongly: measured on PostgreSQL 11 to 18
/// (`ddl-matrix-pg.tsv` among the tests). Locks that only other DDL feels are left out, and so are
/// those of statements that change rows.
public final class Locks {
  private static final Set<ObjectKind> RELATIONS =
      EnumSet.of(
          ObjectKind.TABLE,
          ObjectKind.FOREIGN_TABLE,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW);

  /// CREATE, ALTER and DROP of these lock the table that they belong to.
  private static final Set<ObjectKind> ON_TABLES_ALWAYS =
      EnumSet.of(ObjectKind.RULE, ObjectKind.POLICY);

  private static final Set<ObjectKind> COLUMN_TYPES =
      EnumSet.of(ObjectKind.TYPE, ObjectKind.DOMAIN);
  private static final Set<ObjectKind> ON_TABLES =
      EnumSet.of(ObjectKind.TRIGGER, ObjectKind.RULE, ObjectKind.POLICY);

  private final Schema schema;
  private final Map<ObjectName, LockMode> locks = new TreeMap<>();

  Locks(Schema schema) {
    this.schema = schema;
  }

  /// The locks of a statement that block reads or writes of others, by name; the strongest one of
  /// each relation.
  public static List<Lock> of(Statement statement, Schema schema) {
    var locks = new Locks(schema);
    locks.take(statement);
    var blocking = new ArrayList<Lock>();
    locks.locks.forEach((relation, mode) -> {
      if (mode.blocksWrites()) {
        blocking.add(new Lock(relation, mode));
      }
    });
    return blocking;
  }

  private void take(Statement statement) {
    switch (statement) {
      case Statement.AlterTable alter -> new AlterLocks(schema, this).take(alter);
      case Statement.CreateTable create -> createTable(create);
      case Statement.CreateIndex create -> {
        if (!create.concurrently()) {
          lock(create.table(), LockMode.SHARE, !create.only());
        }
      }
      case Statement.Drop drop -> drop(drop);
      case Statement.Rename(_, _, var on, _) -> lock(on, LockMode.ACCESS_EXCLUSIVE, false);
      case Statement.Reindex(var kind, var name, var concurrently) -> {
        if (!concurrently && kind == ObjectKind.TABLE) {
          lock(name, LockMode.SHARE, true);
        } else if (!concurrently && kind == ObjectKind.INDEX && name != null) {
          lock(tableOfIndex(name), LockMode.SHARE, true);
        }
      }
      case Statement.Truncate(var tables, var cascade, _) -> truncate(tables, cascade);
      case Statement.CreateView create -> {
        if (create.orReplace()) {
          existing(create.view(), LockMode.ACCESS_EXCLUSIVE);
        }
      }
      case Statement.RefreshMaterializedView(var view, var concurrently, _) ->
          lock(view, concurrently ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE, false);
      case Statement.AlterDomain(var domain, _, var validates) -> {
        if (validates) {
          users(domain).forEach(table -> lock(table, LockMode.SHARE, false));
        }
      }
      case Statement.CreateTrigger(_, var table) -> lock(table, LockMode.SHARE_ROW_EXCLUSIVE, true);
      case Statement.Cluster(var table) -> lock(table, LockMode.ACCESS_EXCLUSIVE, true);
      case Statement.Vacuum(var tables, var full) -> {
        if (full) {
          tables.forEach(table -> lock(table, LockMode.ACCESS_EXCLUSIVE, true));
        }
      }
      case Statement.Utility(var command, var kind, var table) -> {
        if (kind != null
            && ON_TABLES_ALWAYS.contains(kind)
            && (command.startsWith("CREATE ") || command.startsWith("ALTER "))) {
          lock(table, LockMode.ACCESS_EXCLUSIVE, false);
        }
      }
      case Statement.LockTable(var tables, var mode) ->
          tables.forEach(table -> lock(table, mode(mode), true));
      case Statement.CreateTableAs _,
          Statement.CreateDomain _,
          Statement.CreateType _,
          Statement.AddEnumValue _,
          Statement.CreateSchema _,
          Statement.CreateSequence _,
          Statement.Insert _,
          Statement.Update _,
          Statement.Delete _,
          Statement.Merge _,
          Statement.Select _,
          Statement.Copy _,
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

  /// Keeps the strongest lock of a relation, and of its partitions if these follow.
  void lock(@Nullable ObjectName written, LockMode mode, boolean withPartitions) {
    if (written == null) {
      return;
    }
    var table = schema.table(written);
    var name = table.map(Table::name).orElse(written);
    locks.merge(name, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    if (withPartitions) {
      dependents(written).partitions().forEach(partition -> lock(partition, mode, true));
    }
  }

  private void existing(ObjectName written, LockMode mode) {
    if (schema.table(written).isPresent() || !schema.known()) {
      lock(written, mode, false);
    }
  }

  Dependents dependents(ObjectName written) {
    return schema.table(written).map(Table::dependents).orElse(Dependents.NONE);
  }

  private ObjectName tableOfIndex(ObjectName index) {
    return schema.tableOfIndex(index).map(Table::name).orElse(index);
  }

  private List<ObjectName> users(ObjectName domain) {
    var type = schema.type(domain).map(t -> t.name()).orElse(domain);
    return schema.tables().values().stream()
        .filter(t -> t.columns().stream().anyMatch(c -> c.type().objectName().equals(type)))
        .map(Table::name)
        .toList();
  }

  private void createTable(Statement.CreateTable create) {
    if (create.ifNotExists() && schema.table(create.table()).isPresent()) {
      return;
    }
    for (var constraint : create.constraints()) {
      lock(AlterLocks.referenced(constraint), LockMode.SHARE_ROW_EXCLUSIVE, false);
    }
    for (var column : create.columns()) {
      for (var constraint : column.constraints()) {
        if (constraint instanceof ColumnConstraint.References(_, var table, _, _, _)) {
          lock(table, LockMode.SHARE_ROW_EXCLUSIVE, false);
        }
      }
    }
    var parent = create.partitionOf();
    if (parent != null) {
      lock(parent, LockMode.ACCESS_EXCLUSIVE, false);
      lock(dependents(parent).defaultPartition(), LockMode.ACCESS_EXCLUSIVE, false);
    }
  }

  private void drop(Statement.Drop drop) {
    if (RELATIONS.contains(drop.kind())) {
      drop.names().forEach(name -> dropRelation(name, drop.cascade()));
    } else if (drop.kind() == ObjectKind.INDEX && !drop.concurrently()) {
      drop.names().forEach(name -> lock(tableOfIndex(name), LockMode.ACCESS_EXCLUSIVE, true));
    } else if (ON_TABLES.contains(drop.kind())) {
      lock(drop.on(), LockMode.ACCESS_EXCLUSIVE, false);
    } else if (COLUMN_TYPES.contains(drop.kind()) && drop.cascade()) {
      for (var type : drop.names()) {
        users(type).forEach(table -> lock(table, LockMode.ACCESS_EXCLUSIVE, false));
      }
    }
  }

  /// A foreign key has triggers on both tables, which go with it.
  private void dropRelation(ObjectName name, boolean cascade) {
    lock(name, LockMode.ACCESS_EXCLUSIVE, true);
    var dependents = dependents(name);
    dependents.parents().stream().filter(this::isPartitioned).forEach(this::parent);
    referencedBy(name).forEach(table -> lock(table, LockMode.ACCESS_EXCLUSIVE, false));
    if (cascade) {
      dependents.referencedBy().forEach(t -> lock(t, LockMode.ACCESS_EXCLUSIVE, false));
      dependents.views().forEach(view -> lock(view, LockMode.ACCESS_EXCLUSIVE, false));
    }
  }

  /// A table that loses a partition, and its default one.
  private void parent(ObjectName parent) {
    lock(parent, LockMode.ACCESS_EXCLUSIVE, false);
    lock(dependents(parent).defaultPartition(), LockMode.ACCESS_EXCLUSIVE, false);
  }

  private boolean isPartitioned(ObjectName name) {
    return schema
        .table(name)
        .filter(table -> table.kind() == Table.Kind.PARTITIONED_TABLE)
        .isPresent();
  }

  /// The tables that the foreign keys of a table refer to.
  private List<ObjectName> referencedBy(ObjectName name) {
    var found = new ArrayList<ObjectName>();
    schema
        .table(name)
        .ifPresent(table ->
            table.constraints().stream()
                .map(Table.Constraint::references)
                .forEach(to -> {
                  if (to != null) {
                    found.add(to);
                  }
                }));
    return found;
  }

  private void truncate(List<ObjectName> tables, boolean cascade) {
    for (var table : tables) {
      lock(table, LockMode.ACCESS_EXCLUSIVE, true);
      if (cascade) {
        dependents(table).referencedBy().forEach(t -> lock(t, LockMode.ACCESS_EXCLUSIVE, true));
      }
    }
  }

  private static LockMode mode(String words) {
    var name =
        words.isBlank() ? "ACCESS_EXCLUSIVE" : words.toUpperCase(Locale.ROOT).replace(' ', '_');
    for (var mode : LockMode.values()) {
      if (mode.name().equals(name)) {
        return mode;
      }
    }
    return LockMode.ACCESS_EXCLUSIVE;
  }
}
