// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A table, view or other relation with columns, under its schema-qualified name.
///
/// `createdByScript` tells that no one else can be using it yet. All lists are sorted by name where
/// order means nothing. `references` in constraints and the names in `partitions`, `parents`,
/// `referencedBy` and `views` are schema-qualified. `options` are what MySQL and MariaDB keep with
/// a table, as far as it is known, under lower-case words: `engine`, `row_format`, `character set`,
/// `collate`, `row versions` (how often columns were added or dropped instantly), `comment`.
public record Table(
    ObjectName name,
    Kind kind,
    Persistence persistence,
    SizeBand size,
    boolean createdByScript,
    List<Column> columns,
    List<Index> indexes,
    List<Constraint> constraints,
    Dependents dependents,
    SortedMap<String, String> options) {

  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    FOREIGN_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    COMPOSITE_TYPE
  }

  public Table {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
    options = PersistentMap.copyOf(options);
  }

  /// A table without options.
  public Table(
      ObjectName name,
      Kind kind,
      Persistence persistence,
      SizeBand size,
      boolean createdByScript,
      List<Column> columns,
      List<Index> indexes,
      List<Constraint> constraints,
      Dependents dependents) {
    this(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        Collections.emptySortedMap());
  }

  /// No session but the script's own can be hurt by a lock on it: the script made it, it is
  /// temporary, or it is proved empty.
  public boolean isHarmlessToLock() {
    return createdByScript || persistence == Persistence.TEMPORARY || size == SizeBand.EMPTY;
  }

  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  public Optional<Index> index(String wanted) {
    return indexes.stream().filter(index -> index.name().equals(wanted)).findFirst();
  }

  public Optional<Constraint> constraint(String wanted) {
    return constraints.stream().filter(constraint -> wanted.equals(constraint.name())).findFirst();
  }

  /// The validated CHECK that proves the column to be never null, if there is one.
  public Optional<Constraint> notNullProof(String column) {
    return constraints.stream()
        .filter(c -> c.kind() == ConstraintKind.CHECK && c.validated())
        .filter(c -> column.equals(c.notNullColumn()))
        .findFirst();
  }

  public Table withColumns(List<Column> changed) {
    return new Table(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        changed,
        indexes,
        constraints,
        dependents,
        options);
  }

  public Table withIndexes(List<Index> changed) {
    return new Table(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        changed,
        constraints,
        dependents,
        options);
  }

  public Table withConstraints(List<Constraint> changed) {
    return new Table(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        changed,
        dependents,
        options);
  }

  public Table withDependents(Dependents changed) {
    return new Table(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        changed,
        options);
  }

  public Table withName(ObjectName changed) {
    return new Table(
        changed,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        options);
  }

  public Table withKind(Kind changed) {
    return new Table(
        name,
        changed,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        options);
  }

  public Table withPersistence(Persistence changed) {
    return new Table(
        name,
        kind,
        changed,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        options);
  }

  public Table withCreatedByScript(boolean changed) {
    return new Table(
        name, kind, persistence, size, changed, columns, indexes, constraints, dependents, options);
  }

  public Table withSize(SizeBand changed) {
    return new Table(
        name,
        kind,
        persistence,
        changed,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        options);
  }

  public Table withOptions(Map<String, String> changed) {
    return new Table(
        name,
        kind,
        persistence,
        size,
        createdByScript,
        columns,
        indexes,
        constraints,
        dependents,
        PersistentMap.copyOf(changed));
  }

  /// `defaultText` is an opaque, comparable text of the default, or null; generation and identity
  /// are told apart. `collation` is null for the type's own. `attributes` are what else MySQL and
  /// MariaDB keep with a column, under upper-case words: `COMMENT`, `CHARACTER SET`, `ON UPDATE`,
  /// `INVISIBLE` (an empty text).
  public record Column(
      String name,
      TypeName type,
      boolean notNull,
      @Nullable String defaultText,
      Generation generation,
      @Nullable String collation,
      SortedMap<String, String> attributes) {
    public enum Generation {
      NONE,
      STORED,
      VIRTUAL,
      IDENTITY
    }

    public Column {
      attributes = PersistentMap.copyOf(attributes);
    }

    /// A column without attributes.
    public Column(
        String name,
        TypeName type,
        boolean notNull,
        @Nullable String defaultText,
        Generation generation,
        @Nullable String collation) {
      this(name, type, notNull, defaultText, generation, collation, Collections.emptySortedMap());
    }

    public Column withType(TypeName changed, @Nullable String changedCollation) {
      return new Column(
          name, changed, notNull, defaultText, generation, changedCollation, attributes);
    }

    public Column withNotNull(boolean changed) {
      return new Column(name, type, changed, defaultText, generation, collation, attributes);
    }

    public Column withName(String changed) {
      return new Column(changed, type, notNull, defaultText, generation, collation, attributes);
    }

    public Column withDefault(@Nullable String changed) {
      return new Column(name, type, notNull, changed, generation, collation, attributes);
    }

    public Column withGeneration(Generation changed) {
      return new Column(name, type, notNull, defaultText, changed, collation, attributes);
    }

    public Column withAttributes(Map<String, String> changed) {
      return new Column(
          name, type, notNull, defaultText, generation, collation, PersistentMap.copyOf(changed));
    }
  }

  /// `columns` holds null for each key that is an expression; `partial` tells a WHERE; `valid` is
  /// false for what a failed concurrent build left behind. `definition` is an opaque, comparable
  /// text of the rest (expressions, predicate, included columns, order, operator classes), or null
  /// when not known.
  public record Index(
      String name,
      String method,
      List<@Nullable String> columns,
      boolean unique,
      boolean primary,
      boolean partial,
      boolean valid,
      @Nullable String definition) {
    public Index {
      columns = Collections.unmodifiableList(new ArrayList<>(columns));
    }

    public Index(
        String name,
        String method,
        List<@Nullable String> columns,
        boolean unique,
        boolean primary,
        boolean partial,
        boolean valid) {
      this(name, method, columns, unique, primary, partial, valid, null);
    }

    public Index withName(String changed) {
      return new Index(changed, method, columns, unique, primary, partial, valid, definition);
    }

    public Index withColumns(List<@Nullable String> changed) {
      return new Index(name, method, changed, unique, primary, partial, valid, definition);
    }

    public Index withPrimary(boolean changed) {
      return new Index(name, method, columns, unique, changed, partial, valid, definition);
    }
  }

  /// `columns` are those it constrains; `notNullColumn` is the column that a CHECK proves to be
  /// never null, else null; `references` and `referencedColumns` belong to foreign keys;
  /// `definition` is an opaque, comparable text of a CHECK's expression and of what else was
  /// written: actions, deferral.
  public record Constraint(
      String name,
      ConstraintKind kind,
      boolean validated,
      List<String> columns,
      @Nullable String notNullColumn,
      @Nullable ObjectName references,
      List<String> referencedColumns,
      @Nullable String definition) {
    public Constraint {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }

    public Constraint withName(String changed) {
      return new Constraint(
          changed,
          kind,
          validated,
          columns,
          notNullColumn,
          references,
          referencedColumns,
          definition);
    }

    public Constraint withValidated(boolean changed) {
      return new Constraint(
          name, kind, changed, columns, notNullColumn, references, referencedColumns, definition);
    }

    public Constraint withReferences(ObjectName changed, List<String> changedColumns) {
      return new Constraint(
          name, kind, validated, columns, notNullColumn, changed, changedColumns, definition);
    }

    public Constraint withColumns(List<String> changed, @Nullable String changedNotNull) {
      return new Constraint(
          name,
          kind,
          validated,
          changed,
          changedNotNull,
          references,
          referencedColumns,
          definition);
    }
  }

  /// What hangs on the table: all sorted. `referencedBy` are tables with a foreign key to it.
  public record Dependents(
      List<ObjectName> parents,
      List<ObjectName> partitions,
      @Nullable ObjectName defaultPartition,
      List<ObjectName> referencedBy,
      List<ObjectName> views,
      List<String> triggers,
      List<String> rules,
      List<String> policies,
      boolean rowSecurity) {
    public static final Dependents NONE =
        new Dependents(
            List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
            false);

    public Dependents {
      parents = List.copyOf(parents);
      partitions = List.copyOf(partitions);
      referencedBy = List.copyOf(referencedBy);
      views = List.copyOf(views);
      triggers = List.copyOf(triggers);
      rules = List.copyOf(rules);
      policies = List.copyOf(policies);
    }

    public Dependents withParents(List<ObjectName> changed) {
      return new Dependents(
          changed,
          partitions,
          defaultPartition,
          referencedBy,
          views,
          triggers,
          rules,
          policies,
          rowSecurity);
    }

    public Dependents withPartitions(
        List<ObjectName> changed, @Nullable ObjectName changedDefault) {
      return new Dependents(
          parents,
          changed,
          changedDefault,
          referencedBy,
          views,
          triggers,
          rules,
          policies,
          rowSecurity);
    }

    public Dependents withReferencedBy(List<ObjectName> changed) {
      return new Dependents(
          parents,
          partitions,
          defaultPartition,
          changed,
          views,
          triggers,
          rules,
          policies,
          rowSecurity);
    }

    public Dependents withViews(List<ObjectName> changed) {
      return new Dependents(
          parents,
          partitions,
          defaultPartition,
          referencedBy,
          changed,
          triggers,
          rules,
          policies,
          rowSecurity);
    }

    public Dependents withTriggers(List<String> changed) {
      return new Dependents(
          parents,
          partitions,
          defaultPartition,
          referencedBy,
          views,
          changed,
          rules,
          policies,
          rowSecurity);
    }

    public Dependents withRowSecurity(boolean changed) {
      return new Dependents(
          parents,
          partitions,
          defaultPartition,
          referencedBy,
          views,
          triggers,
          rules,
          policies,
          changed);
    }
  }
}
