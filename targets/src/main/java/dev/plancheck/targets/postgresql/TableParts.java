// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.targets.postgresql.Catalogue.Attribute;
import dev.plancheck.targets.postgresql.Catalogue.Constraint;
import dev.plancheck.targets.postgresql.Catalogue.Index;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The columns, indexes and constraints of one relation, by name.
final class TableParts {
  private static final long DEFAULT_COLLATION = 100;

  /// Those that every server has, `catalog/pg_am.dat`.
  private static final Map<Long, String> ACCESS_METHODS =
      Map.of(
          403L, "btree", 405L, "hash", 783L, "gist", 2742L, "gin", 4000L, "spgist", 3580L, "brin");

  private final Catalogue catalogue;
  private final TypeNames types;
  private final long relation;
  private final Map<Integer, String> names;
  private final NodeText nodes;

  TableParts(Catalogue catalogue, TypeNames types, long relation) {
    this.catalogue = catalogue;
    this.types = types;
    this.relation = relation;
    this.names = columnNames(relation);
    this.nodes = new NodeText(catalogue, types, names);
  }

  private Map<Integer, String> columnNames(long relation) {
    var names = new HashMap<Integer, String>();
    catalogue.columns(relation).forEach((number, column) -> names.put(number, column.name()));
    return names;
  }

  List<Table.Column> columns() {
    var defaults = catalogue.defaults.getOrDefault(relation, Map.of());
    return catalogue.columns(relation).values().stream()
        .map(attribute -> column(attribute, defaults.get(attribute.number())))
        .toList();
  }

  private Table.Column column(Attribute attribute, @Nullable String defaultTree) {
    var type = catalogue.types.get(attribute.type());
    var usual = type == null ? DEFAULT_COLLATION : type.collation();
    return new Table.Column(
        attribute.name(),
        types.of(attribute.type(), attribute.modifier()),
        attribute.notNull() && !hasUnprovenNotNull(attribute.number()),
        defaultTree == null ? null : nodes.comparable(defaultTree),
        generation(attribute),
        attribute.collation() == 0 || attribute.collation() == usual
            ? null
            : types.name(catalogue.collations.get(attribute.collation()), attribute.collation()));
  }

  private static Generation generation(Attribute attribute) {
    if (attribute.identity() != ' ') {
      return Generation.IDENTITY;
    }
    return switch (attribute.generated()) {
      case 's' -> Generation.STORED;
      case 'v' -> Generation.VIRTUAL;
      default -> Generation.NONE;
    };
  }

  /// PostgreSQL 18 marks a column NOT NULL as soon as such a constraint exists, validated or not.
  private boolean hasUnprovenNotNull(int column) {
    return catalogue.constraintsOf.getOrDefault(relation, List.of()).stream()
        .anyMatch(constraint ->
            constraint.kind() == 'n'
                && !constraint.validated()
                && constraint.columns().contains(column));
  }

  List<Table.Index> indexes() {
    return catalogue.indexes.getOrDefault(relation, List.of()).stream()
        .map(this::index)
        .sorted(Comparator.comparing(Table.Index::name))
        .toList();
  }

  private Table.Index index(Index index) {
    var found = catalogue.relations.get(index.oid());
    return new Table.Index(
        found == null ? types.unknown(index.oid()) : found.name().name(),
        found == null ? types.unknown(index.oid()) : accessMethod(found.accessMethod()),
        index.columns().subList(0, index.keys()).stream().map(names::get).toList(),
        index.unique(),
        index.primary(),
        index.predicate() != null,
        index.valid(),
        definition(index));
  }

  private String accessMethod(long oid) {
    var builtIn = ACCESS_METHODS.get(oid);
    return builtIn == null
        ? Objects.requireNonNullElse(catalogue.accessMethods.get(oid), "")
        : builtIn;
  }

  private String definition(Index index) {
    var included = index.columns().subList(index.keys(), index.columns().size());
    return NodeText.digest(
        String.join(
            "|",
            included.stream().map(names::get).toList().toString(),
            index.options().toString(),
            index.classes().stream().map(nodes::operatorClass).toList().toString(),
            index.collations().stream().map(nodes::collation).toList().toString(),
            index.expressions() == null ? "" : nodes.comparable(index.expressions()),
            index.predicate() == null ? "" : nodes.comparable(index.predicate()),
            index.traits()));
  }

  List<Table.Constraint> constraints() {
    var found = new ArrayList<Table.Constraint>();
    for (var constraint : catalogue.constraintsOf.getOrDefault(relation, List.of())) {
      var kind = kind(constraint.kind());
      if (kind != null) {
        found.add(constraint(constraint, kind));
      }
    }
    found.sort(Comparator.comparing(Table.Constraint::name));
    return found;
  }

  private Table.Constraint constraint(Constraint constraint, ConstraintKind kind) {
    var tree = constraint.expression();
    var referenced = catalogue.relations.get(constraint.referenced());
    return new Table.Constraint(
        constraint.name(),
        kind,
        constraint.validated(),
        named(constraint.columns(), names),
        tree == null ? null : nullProof(tree),
        referenced == null ? null : referenced.name(),
        named(constraint.referencedColumns(), columnNames(constraint.referenced())),
        tree == null ? constraint.traits() : nodes.comparable(tree) + " " + constraint.traits());
  }

  private @Nullable String nullProof(String tree) {
    var column = NodeText.notNullColumn(tree);
    return column.isPresent() ? names.get(column.getAsInt()) : null;
  }

  private static List<String> named(List<Integer> numbers, Map<Integer, String> columns) {
    return numbers.stream().map(number -> columns.getOrDefault(number, "?" + number)).toList();
  }

  /// Null for a constraint trigger, which is among the triggers.
  private static @Nullable ConstraintKind kind(char letter) {
    return switch (letter) {
      case 'p' -> ConstraintKind.PRIMARY_KEY;
      case 'u' -> ConstraintKind.UNIQUE;
      case 'c' -> ConstraintKind.CHECK;
      case 'f' -> ConstraintKind.FOREIGN_KEY;
      case 'x' -> ConstraintKind.EXCLUDE;
      case 'n' -> ConstraintKind.NOT_NULL;
      default -> null;
    };
  }
}
