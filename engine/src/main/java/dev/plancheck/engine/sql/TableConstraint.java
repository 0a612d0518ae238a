// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A constraint of a table; `name` is null unless CONSTRAINT names it.
public sealed interface TableConstraint {
  @Nullable String name();

  Span span();

  /// `usingIndex` is the existing index it takes over, and then `columns` is empty.
  record PrimaryKey(
      @Nullable String name, List<String> columns, @Nullable String usingIndex, Span span)
      implements TableConstraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /// `usingIndex` is the existing index it takes over, and then `columns` is empty.
  record Unique(@Nullable String name, List<String> columns, @Nullable String usingIndex, Span span)
      implements TableConstraint {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  record Check(@Nullable String name, Expression expression, boolean notValid, Span span)
      implements TableConstraint {}

  /// `referencedColumns` is empty when the script leaves them to the primary key.
  record ForeignKey(
      @Nullable String name,
      List<String> columns,
      ObjectName referencedTable,
      List<String> referencedColumns,
      boolean notValid,
      Span span)
      implements TableConstraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }

  /// A secondary index among the constraints of a table (MySQL); `method` is `btree`, `fulltext`,
  /// `spatial` or `vector`.
  record Index(@Nullable String name, String method, List<Statement.IndexPart> parts, Span span)
      implements TableConstraint {
    public Index {
      parts = List.copyOf(parts);
    }
  }

  record Exclude(@Nullable String name, Span span) implements TableConstraint {}

  /// A named NOT NULL (PostgreSQL 18).
  record NotNull(@Nullable String name, String column, boolean notValid, Span span)
      implements TableConstraint {}
}
