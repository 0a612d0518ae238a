// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Index;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What of a table, as it is before the statement, decides how it can be altered. Of a table that
/// is not wholly known (`complete` is false) nothing of that is held to be there.
record TableFacts(@Nullable Table table, boolean complete) {
  static TableFacts of(Schema schema, Optional<Table> table) {
    return new TableFacts(table.orElse(null), table.map(schema::isComplete).orElse(false));
  }

  /// `innodb` where nothing else is known.
  String engine() {
    return option("engine", "innodb");
  }

  boolean isInnodb() {
    return engine().equals("innodb");
  }

  boolean hasCompressedRows() {
    return option("row_format", "").equals("compressed");
  }

  boolean hasRedundantRows() {
    return option("row_format", "").equals("redundant");
  }

  boolean isPartitioned() {
    return table != null && table.kind() == Table.Kind.PARTITIONED_TABLE;
  }

  boolean hasIndex(String method) {
    return indexes().stream().anyMatch(index -> index.method().equals(method));
  }

  boolean hasIndexedVirtualColumn() {
    return table != null
        && table.columns().stream()
            .anyMatch(c -> c.generation() == Generation.VIRTUAL && isIndexed(c.name()));
  }

  boolean isIndexed(String column) {
    return indexes().stream().anyMatch(index -> index.columns().contains(column));
  }

  boolean isInPrimaryKey(String column) {
    return indexes().stream().anyMatch(i -> i.primary() && i.columns().contains(column));
  }

  /// Whether an index begins with these columns, in this order.
  boolean hasIndexOn(List<String> columns) {
    return indexes().stream()
        .anyMatch(index ->
            index.columns().size() >= columns.size()
                && index.columns().subList(0, columns.size()).equals(columns));
  }

  /// Whether a virtual column stands at a place or behind it.
  boolean hasVirtualColumnFrom(int place) {
    return table != null
        && table.columns().stream()
            .skip(place)
            .anyMatch(column -> column.generation() == Generation.VIRTUAL);
  }

  boolean isReferenced() {
    return table != null && !table.dependents().referencedBy().isEmpty();
  }

  /// Whether a foreign key of the table changes its rows when others change.
  boolean hasCascade() {
    return table != null
        && table.constraints().stream()
            .filter(c -> c.kind() == ConstraintKind.FOREIGN_KEY && c.definition() != null)
            .map(c -> String.valueOf(c.definition()).toUpperCase(Locale.ROOT))
            .anyMatch(text -> text.contains("CASCADE") || text.contains("SET NULL"));
  }

  /// How often columns were added or dropped instantly, if that is known.
  OptionalInt rowVersions() {
    var text = option("row versions", "");
    return text.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private List<Index> indexes() {
    return table == null ? List.of() : table.indexes();
  }

  private String option(String name, String otherwise) {
    return table == null ? otherwise : table.options().getOrDefault(name, otherwise);
  }
}
