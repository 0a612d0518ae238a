// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A constraint or property written behind a column's type; `name` is null unless CONSTRAINT names
/// it.
public sealed interface ColumnConstraint {
  @Nullable String name();

  Span span();

  record NotNull(@Nullable String name, Span span) implements ColumnConstraint {}

  record Null(@Nullable String name, Span span) implements ColumnConstraint {}

  record Default(@Nullable String name, Expression expression, Span span)
      implements ColumnConstraint {}

  record Check(@Nullable String name, Expression expression, boolean notValid, Span span)
      implements ColumnConstraint {}

  record Unique(@Nullable String name, Span span) implements ColumnConstraint {}

  record PrimaryKey(@Nullable String name, Span span) implements ColumnConstraint {}

  /// `notValid` tells NOT ENFORCED (PostgreSQL 18): no row is looked up.
  record References(
      @Nullable String name, ObjectName table, List<String> columns, boolean notValid, Span span)
      implements ColumnConstraint {
    public References {
      columns = List.copyOf(columns);
    }
  }

  record Generated(@Nullable String name, Expression expression, boolean stored, Span span)
      implements ColumnConstraint {}

  /// Also AUTO_INCREMENT of MySQL.
  record Identity(@Nullable String name, boolean always, Span span) implements ColumnConstraint {}

  /// What else MySQL keeps with a column; `words` in upper case: `COMMENT`, `ON UPDATE`, `CHARACTER
  /// SET`, `INVISIBLE`, and its place: `FIRST`, `AFTER`. `value` is what stands behind them,
  /// without quotes, or null where nothing does.
  record Attribute(@Nullable String name, String words, @Nullable String value, Span span)
      implements ColumnConstraint {}
}
