// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.TableAction.AlterColumnType;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a change of type costs that keeps the rows as they are (`CheckIndexCompatible` in
/// PostgreSQL's source; measured on 13 and 18): an index on the column may be built again, a CHECK
/// on it is tested again.
final class KeptRows {
  private static final Set<String> PLAIN_METHODS = Set.of("btree", "hash");

  /// Types whose indexes order values by one and the same operators.
  private static final Set<Set<String>> ONE_ORDER =
      Set.of(
          Set.of("text", "varchar"),
          Set.of("cidr", "inet"),
          Set.of("oid", "regclass"),
          Set.of("oid", "regtype"));

  private KeptRows() {}

  /// What is done to the table, as the middle of a sentence; null if it only changes the catalogue.
  static @Nullable String cost(
      Table table, Column column, AlterColumnType change, TypeChange types) {
    for (var index : table.indexes()) {
      if (isRebuilt(index, column, change, types)) {
        return "index %s is built again".formatted(index.name());
      }
    }
    return table.constraints().stream()
        .filter(c -> c.kind() == ConstraintKind.CHECK && c.validated())
        .filter(c -> c.columns().contains(column.name()))
        .findFirst()
        .map(check -> "the CHECK %s is tested again on every row".formatted(check.name()))
        .orElse(null);
  }

  private static boolean isRebuilt(
      Index index, Column column, AlterColumnType change, TypeChange types) {
    if (!index.columns().contains(column.name())) {
      return false;
    }
    var hasExpression = index.columns().stream().anyMatch(Objects::isNull);
    var newCollation = change.collation() == null ? null : change.collation().name();
    return index.partial()
        || hasExpression
        || !PLAIN_METHODS.contains(index.method())
        || !Objects.equals(column.collation(), newCollation)
        || !isOneOrder(types.base(column.type()).name(), types.base(change.type()).name());
  }

  private static boolean isOneOrder(String from, String to) {
    return from.equals(to) || ONE_ORDER.contains(Set.of(from, to));
  }
}
