// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The locks of ALTER TABLE: the strongest that any action needs, and those on other tables.
final class AlterLocks {
  /// Actions that only other DDL and VACUUM feel.
  private static final Set<String> MILD =
      Set.of(
          "SET STATISTICS",
          "SET COLUMN OPTIONS",
          "RESET COLUMN OPTIONS",
          "CLUSTER ON",
          "SET WITHOUT CLUSTER");

  /// The only option of a table that needs more.
  private static final String CATALOG_TABLE = "user_catalog_table";

  private final Schema schema;
  private final Locks locks;

  AlterLocks(Schema schema, Locks locks) {
    this.schema = schema;
    this.locks = locks;
  }

  void take(Statement.AlterTable alter) {
    var isIndex =
        alter.kind() == ObjectKind.INDEX
            || (schema.table(alter.table()).isEmpty()
                && schema.tableOfIndex(alter.table()).isPresent());
    if (isIndex || alter.kind() == ObjectKind.SEQUENCE) {
      return;
    }
    for (var action : alter.actions()) {
      var mode = alter.kind() == ObjectKind.VIEW ? LockMode.ACCESS_EXCLUSIVE : mode(action);
      locks.lock(alter.table(), mode, !alter.only() && descends(action));
      others(alter.table(), action);
    }
  }

  private LockMode mode(TableAction action) {
    return switch (action) {
      case TableAction.AddConstraint(TableConstraint.ForeignKey _, _) ->
          LockMode.SHARE_ROW_EXCLUSIVE;
      case TableAction.SetTrigger _ -> LockMode.SHARE_ROW_EXCLUSIVE;
      case TableAction.SetOptions(var options, _) ->
          options.contains(CATALOG_TABLE)
              ? LockMode.ACCESS_EXCLUSIVE
              : LockMode.SHARE_UPDATE_EXCLUSIVE;
      case TableAction.ValidateConstraint _, TableAction.AttachPartition _ ->
          LockMode.SHARE_UPDATE_EXCLUSIVE;
      case TableAction.DetachPartition(_, var concurrently, _) ->
          concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
      case TableAction.Other(var name, _) ->
          MILD.contains(name) ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
      case TableAction _ -> LockMode.ACCESS_EXCLUSIVE;
    };
  }

  private static boolean descends(TableAction action) {
    return switch (action) {
      case TableAction.RenameTo _,
          TableAction.SetSchema _,
          TableAction.OwnerTo _,
          TableAction.AttachPartition _,
          TableAction.DetachPartition _,
          TableAction.Inherit _,
          TableAction.Other _ ->
          false;
      case TableAction _ -> true;
    };
  }

  private void others(ObjectName table, TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var column, _, _) -> {
        for (var constraint : column.constraints()) {
          if (constraint instanceof ColumnConstraint.References(_, var to, _, _, _)) {
            locks.lock(to, LockMode.SHARE_ROW_EXCLUSIVE, false);
          }
        }
      }
      case TableAction.AddConstraint(var constraint, _) ->
          locks.lock(referenced(constraint), LockMode.SHARE_ROW_EXCLUSIVE, false);
      case TableAction.AlterConstraint(var name, var enforces, _) -> {
        if (enforces) {
          locks.lock(referencedBy(table, name), LockMode.SHARE_ROW_EXCLUSIVE, false);
        }
      }
      case TableAction.DropConstraint(var name, _, var cascade, _) ->
          dropConstraint(table, name, cascade);
      case TableAction.DropColumn(var column, _, _, _) -> column(table, column);
      case TableAction.AlterColumnType(var column, _, _, _, _) -> column(table, column);
      case TableAction.AttachPartition(var partition, _, _) -> {
        locks.lock(partition, LockMode.ACCESS_EXCLUSIVE, true);
        defaultOf(table);
      }
      case TableAction.DetachPartition(var partition, var concurrently, _) -> {
        // Concurrently it waits for others first, and then locks the partition only.
        if (!concurrently) {
          locks.lock(partition, detached(), false);
          defaultOf(table);
        }
      }
      case TableAction _ -> {}
    }
  }

  private LockMode detached() {
    return schema.version().isAtLeast(14)
        ? LockMode.ACCESS_EXCLUSIVE
        : LockMode.SHARE_UPDATE_EXCLUSIVE;
  }

  private void defaultOf(ObjectName table) {
    locks.lock(locks.dependents(table).defaultPartition(), LockMode.ACCESS_EXCLUSIVE, false);
  }

  /// Foreign keys of the column: their triggers on the referenced table are made again or go.
  private void column(ObjectName table, String column) {
    schema
        .table(table)
        .ifPresent(t ->
            t.constraints().stream()
                .filter(c -> c.columns().contains(column))
                .forEach(c -> locks.lock(c.references(), LockMode.ACCESS_EXCLUSIVE, false)));
  }

  private @Nullable ObjectName referencedBy(ObjectName table, String key) {
    return schema
        .table(table)
        .flatMap(t -> t.constraint(key))
        .map(Table.Constraint::references)
        .orElse(null);
  }

  private void dropConstraint(ObjectName table, String name, boolean cascade) {
    var dropped = schema.table(table).flatMap(t -> t.constraint(name));
    if (dropped.isEmpty()) {
      return;
    }
    locks.lock(dropped.get().references(), LockMode.ACCESS_EXCLUSIVE, false);
    if (cascade) {
      for (var other : locks.dependents(table).referencedBy()) {
        if (usesKey(other, table, dropped.get())) {
          locks.lock(other, LockMode.ACCESS_EXCLUSIVE, false);
        }
      }
    }
  }

  private boolean usesKey(ObjectName from, ObjectName to, Table.Constraint key) {
    var target = schema.table(to).map(Table::name).orElse(to);
    return schema
        .table(from)
        .filter(t ->
            t.constraints().stream()
                .anyMatch(c ->
                    target.equals(c.references()) && c.referencedColumns().equals(key.columns())))
        .isPresent();
  }

  static @Nullable ObjectName referenced(TableConstraint constraint) {
    return constraint instanceof TableConstraint.ForeignKey key ? key.referencedTable() : null;
  }
}
