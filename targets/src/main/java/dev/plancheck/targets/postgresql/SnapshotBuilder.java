// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Schema.Volatility;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.targets.postgresql.Catalogue.Relation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Turns rows of the catalogue into a [Schema] that holds names only, everything sorted.
final class SnapshotBuilder {
  private final Catalogue catalogue;
  private final TypeNames types;
  private final Sizes sizes;
  private final Surroundings surroundings;

  SnapshotBuilder(Catalogue catalogue, String target, SizeBorders borders, long pageBytes) {
    this.catalogue = catalogue;
    this.types = new TypeNames(catalogue, target);
    this.sizes = new Sizes(catalogue, borders, pageBytes);
    this.surroundings = new Surroundings(catalogue, types);
  }

  Schema schema(SessionFacts facts) {
    var tables = new TreeMap<ObjectName, Table>();
    catalogue.described().forEach(relation -> tables.put(relation.name(), table(relation)));
    return new Schema(
        facts.version(),
        true,
        facts.searchPath(),
        facts.settings(),
        tables,
        new UserTypes(catalogue, types).all(),
        functions());
  }

  SortedMap<ObjectName, TableSize> sizes() {
    var measured = new TreeMap<ObjectName, TableSize>();
    catalogue
        .described()
        .filter(relation -> relation.isStored() || relation.kind() == 'p' || relation.kind() == 'f')
        .forEach(relation -> measured.put(relation.name(), sizes.of(relation)));
    return measured;
  }

  private Table table(Relation relation) {
    var kind = kind(relation.kind());
    var parts = new TableParts(catalogue, types, relation.oid());
    return new Table(
        relation.name(),
        kind,
        switch (relation.persistence()) {
          case 't' -> Persistence.TEMPORARY;
          case 'u' -> Persistence.UNLOGGED;
          default -> Persistence.PERMANENT;
        },
        switch (kind) {
          case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW -> sizes.band(relation);
          case VIEW, SEQUENCE, COMPOSITE_TYPE -> SizeBand.UNKNOWN;
        },
        false,
        kind == Table.Kind.SEQUENCE ? List.of() : parts.columns(),
        parts.indexes(),
        parts.constraints(),
        surroundings.of(relation));
  }

  private static Table.Kind kind(char letter) {
    return switch (letter) {
      case 'p' -> Table.Kind.PARTITIONED_TABLE;
      case 'f' -> Table.Kind.FOREIGN_TABLE;
      case 'v' -> Table.Kind.VIEW;
      case 'm' -> Table.Kind.MATERIALIZED_VIEW;
      case 'S' -> Table.Kind.SEQUENCE;
      case 'c' -> Table.Kind.COMPOSITE_TYPE;
      default -> Table.Kind.TABLE;
    };
  }

  private SortedMap<ObjectName, Volatility> functions() {
    var found = new TreeMap<ObjectName, Volatility>();
    for (var function : catalogue.named) {
      var volatility =
          switch (function.volatility()) {
            case 'i' -> Volatility.IMMUTABLE;
            case 's' -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
          };
      found.merge(
          function.name(), volatility, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
    return found;
  }
}
