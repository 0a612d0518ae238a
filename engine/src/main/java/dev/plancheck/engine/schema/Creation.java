// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds what a CREATE makes to a schema: tables, views, sequences, indexes.
final class Creation {
  private Creation() {}

  static Schema table(Schema before, Statement.CreateTable create) {
    var name = name(before, create.table(), create.persistence());
    if (isTaken(before, name)) {
      return before;
    }
    var kind = create.partitioned() ? Table.Kind.PARTITIONED_TABLE : Table.Kind.TABLE;
    var made = relation(name, kind, create.persistence());
    var draft =
        new TableDraft(
            before,
            MysqlTraits.apply(before) ? MysqlTraits.created(before, made, create.options()) : made);
    for (var like : create.like()) {
      before.table(like.table()).ifPresent(source -> copy(draft, source, like.including()));
    }
    var parents = new ArrayList<>(create.inherits());
    if (create.partitionOf() != null) {
      parents.add(create.partitionOf());
    }
    for (var parent : parents) {
      inherit(draft, parent, parent.equals(create.partitionOf()));
    }
    create.columns().forEach(draft::addColumn);
    create.constraints().forEach(constraint -> draft.addConstraint(constraint, true));
    return draft.schema();
  }

  /// The columns of CREATE TABLE AS are those of a query, which are not known.
  static Schema tableAs(Schema before, Statement.CreateTableAs create) {
    return relation(before, create.table(), Table.Kind.TABLE, create.persistence());
  }

  static Schema sequence(Schema before, Statement.CreateSequence create) {
    return relation(before, create.sequence(), Table.Kind.SEQUENCE, create.persistence());
  }

  static Schema view(Schema before, Statement.CreateView create) {
    var kind = create.materialized() ? Table.Kind.MATERIALIZED_VIEW : Table.Kind.VIEW;
    var after = relation(before, create.view(), kind, Persistence.PERMANENT);
    var view = after.table(create.view()).map(Table::name);
    for (var source : create.query().tables()) {
      var of = after.table(source).map(Table::name);
      if (view.isPresent() && of.isPresent()) {
        after = Links.addView(after, view.get(), of.get());
      }
    }
    return after;
  }

  static Schema index(Schema before, Statement.CreateIndex create) {
    var known = before.table(create.table());
    if (known.isEmpty() && before.known()) {
      return before;
    }
    var table =
        known.orElseGet(() ->
            relation(before.qualify(create.table()), Table.Kind.TABLE, Persistence.PERMANENT)
                .withSize(SizeBand.UNKNOWN)
                .withCreatedByScript(false));
    var name = create.name();
    var chosen = name != null ? name : ChosenNames.index(before, table, create.parts());
    if (table.index(chosen).isPresent()) {
      return before;
    }
    var columns = new ArrayList<@Nullable String>();
    create.parts().forEach(part -> columns.add(part.column()));
    var draft = new TableDraft(before, table);
    draft.addIndex(
        new Table.Index(
            chosen,
            create.method(),
            columns,
            create.unique(),
            false,
            create.where() != null,
            true));
    return draft.schema();
  }

  static Schema trigger(Schema before, Statement.CreateTrigger create) {
    var table = before.table(create.table());
    if (table.isEmpty()) {
      return before;
    }
    return Links.changed(
        before,
        table.get().name(),
        d -> {
          var triggers = new ArrayList<>(d.triggers());
          triggers.add(create.trigger());
          return d.withTriggers(triggers.stream().distinct().sorted().toList());
        });
  }

  private static Schema relation(
      Schema before, ObjectName written, Table.Kind kind, Persistence persistence) {
    var name = name(before, written, persistence);
    return isTaken(before, name) ? before : before.withTable(relation(name, kind, persistence));
  }

  private static Table relation(ObjectName name, Table.Kind kind, Persistence persistence) {
    return new Table(
        name,
        kind,
        persistence,
        SizeBand.EMPTY,
        true,
        List.of(),
        List.of(),
        List.of(),
        Dependents.NONE);
  }

  private static ObjectName name(Schema schema, ObjectName written, Persistence persistence) {
    return persistence == Persistence.TEMPORARY && written.schema() == null
        ? written.inSchema(Schema.TEMPORARY)
        : schema.qualify(written);
  }

  /// Whether the name is that of a relation of which all is known: then CREATE fails or, with IF
  /// NOT EXISTS or OR REPLACE, leaves what the model holds of it.
  private static boolean isTaken(Schema schema, ObjectName name) {
    var existing = schema.tables().get(name);
    return existing != null && schema.isComplete(existing);
  }

  private static void inherit(TableDraft draft, ObjectName written, boolean partition) {
    var parent = draft.schema().table(written);
    if (parent.isEmpty()) {
      return;
    }
    var all =
        partition
            ? List.of("DEFAULTS", "CONSTRAINTS", "INDEXES", "GENERATED", "IDENTITY")
            : List.of("DEFAULTS", "CONSTRAINTS", "GENERATED");
    copy(draft, parent.get(), all);
    draft.through(
        schema -> Links.addPartition(schema, parent.get().name(), draft.table().name(), false));
  }

  private static void copy(TableDraft draft, Table source, List<String> including) {
    var table = draft.table();
    var columns = new ArrayList<>(table.columns());
    for (var column : source.columns()) {
      if (table.column(column.name()).isEmpty()) {
        columns.add(copy(column, including));
      }
    }
    var constraints = new ArrayList<>(table.constraints());
    for (var constraint : source.constraints()) {
      var wanted = TableAlteration.hasIndex(constraint.kind()) ? "INDEXES" : "CONSTRAINTS";
      if (including.contains(wanted) && constraint.kind() != ConstraintKind.FOREIGN_KEY) {
        constraints.add(constraint);
      }
    }
    var options = new TreeMap<>(table.options());
    options.putAll(source.options());
    options.remove("row versions");
    draft.replace(table.withColumns(columns).withConstraints(constraints).withOptions(options));
    if (including.contains("INDEXES")) {
      source.indexes().forEach(draft::addIndex);
    }
  }

  private static Column copy(Column column, List<String> including) {
    var generation =
        switch (column.generation()) {
          case NONE -> Generation.NONE;
          case STORED, VIRTUAL ->
              including.contains("GENERATED") ? column.generation() : Generation.NONE;
          case IDENTITY -> including.contains("IDENTITY") ? Generation.IDENTITY : Generation.NONE;
        };
    var copy = column.withGeneration(generation);
    return including.contains("DEFAULTS") ? copy : copy.withDefault(null);
  }
}
