// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column as CREATE TABLE or ADD COLUMN defines it.
public record ColumnDefinition(
    String name,
    TypeName type,
    @Nullable ObjectName collation,
    List<ColumnConstraint> constraints,
    Span span) {
  public ColumnDefinition {
    constraints = List.copyOf(constraints);
  }

  public boolean isNotNull() {
    return constraints.stream()
            .anyMatch(c ->
                c instanceof ColumnConstraint.NotNull
                    || c instanceof ColumnConstraint.PrimaryKey
                    || c instanceof ColumnConstraint.Identity)
        || type.isSerial();
  }

  /// The default's expression, or null.
  public @Nullable Expression defaultExpression() {
    for (var constraint : constraints) {
      if (constraint instanceof ColumnConstraint.Default(_, var expression, _)) {
        return expression;
      }
    }
    return null;
  }
}
