// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Keeps what tables say of each other in step: parents and partitions, foreign keys, views.
final class Links {
  private Links() {}

  /// The schema in which every mention of `from` says `to`, and the table itself is called so.
  static Schema renamed(Schema schema, ObjectName from, ObjectName to) {
    var table = schema.tables().get(from);
    if (table == null) {
      return schema;
    }
    var moved = schema.withoutTable(from).withTable(table.withName(to));
    return isLinked(table) ? mapped(moved, name -> name.equals(from) ? to : name) : moved;
  }

  /// The schema without the relations and without any mention of them.
  static Schema dropped(Schema schema, Collection<ObjectName> gone) {
    var linked = gone.stream().anyMatch(name -> isLinked(schema.tables().get(name)));
    var left = schema;
    for (var name : gone) {
      left = left.withoutTable(name);
    }
    return linked ? mapped(left, name -> gone.contains(name) ? null : name) : left;
  }

  static Schema addPartition(
      Schema schema, ObjectName parent, ObjectName child, boolean isDefault) {
    return changed(
        changed(
            schema,
            parent,
            d ->
                d.withPartitions(
                    with(d.partitions(), child), isDefault ? child : d.defaultPartition())),
        child,
        d -> d.withParents(with(d.parents(), parent)));
  }

  static Schema removePartition(Schema schema, ObjectName parent, ObjectName child) {
    return changed(
        changed(
            schema,
            parent,
            d ->
                d.withPartitions(
                    without(d.partitions(), child),
                    child.equals(d.defaultPartition()) ? null : d.defaultPartition())),
        child,
        d -> d.withParents(without(d.parents(), parent)));
  }

  static Schema addReference(Schema schema, ObjectName from, ObjectName to) {
    return changed(schema, to, d -> d.withReferencedBy(with(d.referencedBy(), from)));
  }

  /// After a foreign key from `from` to `to` is gone: another one may still be there.
  static Schema removeReference(Schema schema, Table from, ObjectName to) {
    var others = from.constraints().stream().anyMatch(c -> to.equals(c.references()));
    return others
        ? schema
        : changed(schema, to, d -> d.withReferencedBy(without(d.referencedBy(), from.name())));
  }

  static Schema addView(Schema schema, ObjectName view, ObjectName of) {
    return changed(schema, of, d -> d.withViews(with(d.views(), view)));
  }

  static Schema changed(Schema schema, ObjectName name, UnaryOperator<Dependents> change) {
    var table = schema.tables().get(name);
    return table == null
        ? schema
        : schema.withTable(table.withDependents(change.apply(table.dependents())));
  }

  private static boolean isLinked(@Nullable Table table) {
    return table != null
        && (!table.dependents().equals(Dependents.NONE)
            || table.kind() == Table.Kind.VIEW
            || table.kind() == Table.Kind.MATERIALIZED_VIEW
            || table.constraints().stream().anyMatch(c -> c.references() != null));
  }

  /// Null takes a name away.
  private interface Mapping {
    @Nullable ObjectName apply(ObjectName name);
  }

  private static Schema mapped(Schema schema, Mapping mapping) {
    var mapped = schema;
    for (var table : schema.tables().values()) {
      var changed =
          table
              .withConstraints(constraints(table.constraints(), mapping))
              .withDependents(dependents(table.dependents(), mapping));
      if (!changed.equals(table)) {
        mapped = mapped.withTable(changed);
      }
    }
    return mapped;
  }

  private static List<Table.Constraint> constraints(
      List<Table.Constraint> constraints, Mapping mapping) {
    var mapped = new ArrayList<Table.Constraint>();
    for (var constraint : constraints) {
      var from = constraint.references();
      var to = from == null ? null : mapping.apply(from);
      if (from == null || from.equals(to)) {
        mapped.add(constraint);
      } else if (to != null) {
        mapped.add(constraint.withReferences(to, constraint.referencedColumns()));
      }
    }
    return mapped;
  }

  private static Dependents dependents(Dependents old, Mapping mapping) {
    var defaultPartition = old.defaultPartition();
    return old.withParents(names(old.parents(), mapping))
        .withPartitions(
            names(old.partitions(), mapping),
            defaultPartition == null ? null : mapping.apply(defaultPartition))
        .withReferencedBy(names(old.referencedBy(), mapping))
        .withViews(names(old.views(), mapping));
  }

  private static List<ObjectName> names(List<ObjectName> names, Mapping mapping) {
    return names.stream().map(mapping::apply).filter(Objects::nonNull).sorted().toList();
  }

  private static List<ObjectName> with(List<ObjectName> names, ObjectName added) {
    var all = new TreeSet<>(names);
    all.add(added);
    return List.copyOf(all);
  }

  private static List<ObjectName> without(List<ObjectName> names, ObjectName removed) {
    return names.stream().filter(name -> !name.equals(removed)).toList();
  }
}
