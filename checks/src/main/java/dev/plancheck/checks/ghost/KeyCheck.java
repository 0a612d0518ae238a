// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The unique key by which gh-ost walks through the table, chosen as gh-ost chooses it: one of
/// before whose columns are all in one key of after, names compared by case.
final class KeyCheck {
  private final GhostCase here;

  private KeyCheck(GhostCase here) {
    this.here = here;
  }

  /// The chosen key; empty if there is none, which is then among the findings.
  static Optional<TableKey> find(GhostCase here) {
    return new KeyCheck(here).chosen();
  }

  private Optional<TableKey> chosen() {
    var candidates =
        here.table().keys().stream()
            .filter(TableKey::unique)
            .filter(key -> !key.columns().getFirst().isEmpty())
            .sorted(order())
            .toList();
    if (candidates.isEmpty()) {
      here.find(
          GhostCode.NO_UNIQUE_KEY,
          null,
          "%s has neither a primary nor a unique key that gh-ost could walk along."
              .formatted(here.table().name()),
          "Add a primary key first, without gh-ost.");
      return Optional.empty();
    }
    var shared = candidates.stream().filter(this::isShared).filter(this::isUsable).findFirst();
    if (shared.isEmpty()) {
      noneShared();
    } else {
      judge(shared.get());
    }
    return shared;
  }

  private void noneShared() {
    here.find(
        GhostCode.NO_SHARED_KEY,
        null,
        """
        gh-ost needs a unique key of before whose columns are all in one of after, by the same \
        letters, and none of them FLOAT or JSON: %s has none after this ALTER.\
        """
            .formatted(here.table().name()),
        "Add the new key in a sheet of its own before the old one is dropped.");
  }

  private void judge(TableKey key) {
    var columns = columns(key);
    if (columns.stream().anyMatch(Column::nullable)) {
      here.find(
          GhostCode.NULLABLE_KEY,
          null,
          "gh-ost would walk along %s, and refuses that because a column of it can be NULL."
              .formatted(key.name()),
          "Make the columns NOT NULL first, or add a primary key.");
    }
    if (key.hasExpression()) {
      here.find(
          GhostCode.KEY_EXPRESSION,
          null,
          "gh-ost would walk along %s as if its expression were not there: rows can be left out."
              .formatted(key.name()),
          "Add a primary key first.");
    }
    for (var column : columns) {
      kind(key, column);
    }
  }

  private void kind(TableKey key, Column column) {
    var after = here.shape().column(column.name()).orElse(null);
    if (column.generated() || (after != null && after.generated())) {
      here.find(
          GhostCode.KEY_GENERATED,
          null,
          "gh-ost would walk along %s, and does not copy its generated column %s."
              .formatted(key.name(), column.name()),
          "Add a primary key of plain columns first.");
    }
    var definition = after == null ? null : after.definition();
    if (definition != null
        && column.type().toLowerCase(Locale.ROOT).startsWith("datetime")
        && definition.type().name().equals("timestamp")) {
      here.find(
          GhostCode.KEY_DATETIME,
          definition.span(),
          "gh-ost would walk along %s, and refuses to make its column %s a TIMESTAMP."
              .formatted(key.name(), column.name()),
          "Change the column without gh-ost.");
    }
  }

  private boolean isShared(TableKey key) {
    var names = key.named();
    return here.shape().keys().stream().anyMatch(after -> after.columns().containsAll(names));
  }

  private boolean isUsable(TableKey key) {
    return columns(key).stream()
        .map(column -> column.type().toLowerCase(Locale.ROOT))
        .noneMatch(type -> type.contains("float") || type.contains("json"));
  }

  private List<Column> columns(TableKey key) {
    return here.table().columns().stream()
        .filter(column -> key.columns().stream().anyMatch(column.name()::equalsIgnoreCase))
        .toList();
  }

  private Comparator<TableKey> order() {
    return Comparator.<TableKey, Boolean>comparing(key -> !key.name().equalsIgnoreCase("primary"))
        .thenComparing(key -> columns(key).stream().anyMatch(Column::nullable))
        .thenComparing(key -> first(key).charset() != null)
        .thenComparingInt(key -> width(first(key)))
        .thenComparingInt(key -> key.named().size());
  }

  private Column first(TableKey key) {
    return here.table().columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(key.columns().getFirst()))
        .findFirst()
        .orElseThrow();
  }

  private static int width(Column column) {
    return switch (ColumnType.of(column.type()).base()) {
      case "tinyint" -> 0;
      case "smallint" -> 1;
      case "int" -> 2;
      case "bigint" -> 3;
      default -> 100;
    };
  }
}
