// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which tables a statement changes by itself, schema-qualified: their rows, their structure, or
/// what hangs on them.
final class ChangedNames {
  private ChangedNames() {}

  /// `schema` is as it is before the statement.
  static List<ObjectName> of(Statement statement, Schema schema) {
    return switch (statement) {
      case Statement.CreateTable create -> created(create.table(), create.persistence(), schema);
      case Statement.CreateTableAs create -> created(create.table(), create.persistence(), schema);
      case Statement.AlterTable alter -> altered(alter, schema);
      case Statement.CreateIndex create -> table(create.table(), schema);
      case Statement.Drop drop -> dropped(drop, schema);
      case Statement.Rename rename -> onTable(rename.on(), schema);
      case Statement.RenameTables(var tables) -> renamed(tables, schema);
      case Statement.Reindex reindex ->
          reindex.name() == null ? List.of() : ofKind(reindex.kind(), reindex.name(), schema);
      case Statement.Truncate truncate -> truncated(truncate, schema);
      case Statement.CreateTrigger create -> table(create.table(), schema);
      case Statement.Cluster cluster -> onTable(cluster.table(), schema);
      case Statement.Insert insert -> table(insert.table(), schema);
      case Statement.Update update -> table(update.table(), schema);
      case Statement.Delete delete -> table(delete.table(), schema);
      case Statement.Merge merge -> table(merge.table(), schema);
      case Statement.Copy copy -> copy.from() ? onTable(copy.table(), schema) : List.of();
      case Statement.CreateView _,
          Statement.RefreshMaterializedView _,
          Statement.CreateDomain _,
          Statement.AlterDomain _,
          Statement.CreateType _,
          Statement.AddEnumValue _,
          Statement.CreateSchema _,
          Statement.CreateSequence _,
          Statement.Vacuum _,
          Statement.LockTable _,
          Statement.Select _,
          Statement.Transaction _,
          Statement.SetVariable _,
          Statement.SetVariables _,
          Statement.Use _,
          Statement.SetRole _,
          Statement.Explain _,
          Statement.Utility _,
          Statement.NotAnalysed _,
          Statement.Rejected _,
          Statement.Invalid _ ->
          List.of();
    };
  }

  /// A temporary table is nobody's but the session's.
  private static List<ObjectName> created(ObjectName name, Persistence persistence, Schema schema) {
    return persistence == Persistence.TEMPORARY ? List.of() : List.of(schema.qualify(name));
  }

  /// With the tables that partitions are exchanged with.
  private static List<ObjectName> altered(Statement.AlterTable alter, Schema schema) {
    var changed = new ArrayList<>(ofKind(alter.kind(), alter.table(), schema));
    for (var action : alter.actions()) {
      if (action instanceof TableAction.AlterPartition(_, _, var other, _)) {
        changed.addAll(onTable(other, schema));
      }
    }
    return changed;
  }

  /// Without names that a table has only between two of the renamings.
  private static List<ObjectName> renamed(List<Statement.RenamedTable> tables, Schema schema) {
    var changed = new ArrayList<ObjectName>();
    var passing = new HashSet<ObjectName>();
    for (var renamed : tables) {
      var from = Originals.qualified(schema, renamed.from());
      if (!passing.contains(from)) {
        changed.add(from);
      }
      passing.add(schema.qualify(renamed.to()));
    }
    return changed;
  }

  private static List<ObjectName> table(ObjectName name, Schema schema) {
    return List.of(Originals.qualified(schema, name));
  }

  private static List<ObjectName> onTable(@Nullable ObjectName name, Schema schema) {
    return name == null ? List.of() : table(name, schema);
  }

  private static List<ObjectName> ofKind(ObjectKind kind, ObjectName name, Schema schema) {
    return switch (kind) {
      case TABLE, FOREIGN_TABLE -> table(name, schema);
      case INDEX -> ofIndex(name, schema).stream().toList();
      default -> List.of();
    };
  }

  private static Optional<ObjectName> ofIndex(ObjectName index, Schema schema) {
    return schema.tableOfIndex(index).map(Table::name);
  }

  private static List<ObjectName> dropped(Statement.Drop drop, Schema schema) {
    if (drop.on() != null) {
      return table(drop.on(), schema);
    }
    var changed = new ArrayList<ObjectName>();
    for (var name : drop.names()) {
      changed.addAll(ofKind(drop.kind(), name, schema));
    }
    return changed;
  }

  /// With CASCADE also what references them, and what references that.
  private static List<ObjectName> truncated(Statement.Truncate truncate, Schema schema) {
    Set<ObjectName> changed = new LinkedHashSet<>();
    var open = new ArrayList<ObjectName>();
    truncate.tables().forEach(name -> open.addAll(table(name, schema)));
    while (!open.isEmpty()) {
      var name = open.removeFirst();
      if (changed.add(name) && truncate.cascade()) {
        schema.table(name).ifPresent(table -> open.addAll(table.dependents().referencedBy()));
      }
    }
    return List.copyOf(changed);
  }
}
