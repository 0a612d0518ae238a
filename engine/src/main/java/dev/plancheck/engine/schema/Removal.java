// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes away from a schema what a DROP drops, with what falls with it, and renames what is not a
/// relation.
final class Removal {
  private static final Set<ObjectKind> RELATIONS =
      EnumSet.of(
          ObjectKind.TABLE,
          ObjectKind.FOREIGN_TABLE,
          ObjectKind.VIEW,
          ObjectKind.MATERIALIZED_VIEW,
          ObjectKind.SEQUENCE);
  private static final Set<ObjectKind> TYPES = EnumSet.of(ObjectKind.TYPE, ObjectKind.DOMAIN);

  private Removal() {}

  static Schema drop(Schema before, Statement.Drop drop) {
    var schema = before;
    for (var name : drop.names()) {
      schema = drop(schema, drop, name);
    }
    return schema;
  }

  private static Schema drop(Schema schema, Statement.Drop drop, ObjectName name) {
    var kind = drop.kind();
    if (RELATIONS.contains(kind)) {
      return dropRelation(schema, name, drop.cascade());
    }
    if (kind == ObjectKind.INDEX) {
      return dropIndex(schema, name);
    }
    if (TYPES.contains(kind)) {
      return dropType(schema, name);
    }
    if (kind == ObjectKind.SCHEMA) {
      return dropSchema(schema, name.name());
    }
    return kind == ObjectKind.TRIGGER
        ? changeTriggers(schema, drop.on(), name.name(), null)
        : schema;
  }

  static Schema rename(Schema before, Statement.Rename rename) {
    if (TYPES.contains(rename.kind())) {
      return renameType(before, rename.object(), rename.to());
    }
    if (rename.kind() == ObjectKind.SCHEMA) {
      return renameSchema(before, rename.object().name(), rename.to());
    }
    return rename.kind() == ObjectKind.TRIGGER
        ? changeTriggers(before, rename.on(), rename.object().name(), rename.to())
        : before;
  }

  /// Partitions go with their parent, and with CASCADE the views that read it.
  private static Schema dropRelation(Schema schema, ObjectName written, boolean cascade) {
    var first = schema.table(written);
    if (first.isEmpty()) {
      return schema;
    }
    Set<ObjectName> gone = new TreeSet<>();
    var waiting = new ArrayDeque<ObjectName>(List.of(first.get().name()));
    while (!waiting.isEmpty()) {
      var name = waiting.pop();
      var table = schema.tables().get(name);
      if (gone.add(name) && table != null) {
        waiting.addAll(table.dependents().partitions());
        if (cascade) {
          waiting.addAll(table.dependents().views());
        }
      }
    }
    return Links.dropped(schema, gone);
  }

  private static Schema dropIndex(Schema schema, ObjectName written) {
    return schema
        .tableOfIndex(written)
        .map(table ->
            schema.withTable(
                table.withIndexes(
                    table.indexes().stream()
                        .filter(index -> !index.name().equals(written.name()))
                        .toList())))
        .orElse(schema);
  }

  private static Schema dropType(Schema schema, ObjectName written) {
    return schema.type(written).map(type -> schema.withoutType(type.name())).orElse(schema);
  }

  private static Schema dropSchema(Schema schema, String name) {
    var gone = new TreeSet<ObjectName>();
    for (var table : schema.tables().keySet()) {
      if (name.equals(table.schema())) {
        gone.add(table);
      }
    }
    var left = Links.dropped(schema, gone);
    for (var type : schema.types().keySet()) {
      if (name.equals(type.schema())) {
        left = left.withoutType(type);
      }
    }
    return left;
  }

  private static Schema renameType(Schema schema, ObjectName written, String to) {
    var type = schema.type(written);
    if (type.isEmpty()) {
      return schema;
    }
    var from = type.get().name();
    return retyped(
        schema.withoutType(from).withType(type.get().withName(from.withName(to))),
        name -> name.equals(from) ? from.withName(to) : name);
  }

  private static Schema renameSchema(Schema schema, String from, String to) {
    var renamed = schema;
    for (var table : schema.tables().keySet()) {
      if (from.equals(table.schema())) {
        renamed = Links.renamed(renamed, table, table.inSchema(to));
      }
    }
    for (var type : schema.types().values()) {
      if (from.equals(type.name().schema())) {
        renamed =
            renamed.withoutType(type.name()).withType(type.withName(type.name().inSchema(to)));
      }
    }
    return retyped(renamed, name -> from.equals(name.schema()) ? name.inSchema(to) : name);
  }

  /// Gives the columns of all tables the new names of their types.
  private static Schema retyped(Schema schema, UnaryOperator<ObjectName> names) {
    var changed = schema;
    for (var table : schema.tables().values()) {
      var columns =
          table.columns().stream()
              .map(c ->
                  c.type().schema() == null
                      ? c
                      : c.withType(
                          c.type().withName(names.apply(c.type().objectName())), c.collation()))
              .toList();
      if (!columns.equals(table.columns())) {
        changed = changed.withTable(table.withColumns(columns));
      }
    }
    return changed;
  }

  private static Schema changeTriggers(
      Schema schema, @Nullable ObjectName on, String trigger, @Nullable String to) {
    var table = on == null ? null : schema.table(on).orElse(null);
    if (table == null || !table.dependents().triggers().contains(trigger)) {
      return schema;
    }
    var triggers = new TreeSet<>(table.dependents().triggers());
    triggers.remove(trigger);
    if (to != null) {
      triggers.add(to);
    }
    return Links.changed(schema, table.name(), d -> d.withTriggers(List.copyOf(triggers)));
  }
}
