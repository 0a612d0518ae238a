// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;

/// What rules need to know of an expression; the rest of it is only text.
///
/// `functions` are all functions called anywhere inside, `columns` the columns named outside of
/// subqueries, both in order of appearance without repetition; special forms that call a function
/// without brackets (`CURRENT_TIMESTAMP`, `USER`) are listed by their lower-case keyword. `query`
/// is true if it holds a subquery.
public record Expression(
    String text,
    Span span,
    Form form,
    List<ObjectName> functions,
    List<String> columns,
    boolean query) {
  public Expression {
    functions = List.copyOf(functions);
    columns = List.copyOf(columns);
  }

  /// The few shapes that decide something.
  public sealed interface Form {
    /// A literal, possibly signed or cast to a type; `value` without quotes, `NULL` as `null`.
    record Literal(String value) implements Form {}

    /// Just a column, possibly qualified or in brackets.
    record Column(String name) implements Form {}

    /// `column IS NOT NULL`.
    record IsNotNull(String column) implements Form {}

    /// True whatever the row: `TRUE`, `1 = 1`, `'a' = 'a'`, `x = x OR TRUE` is not claimed.
    record Tautology() implements Form {}

    /// An AND of at least two parts.
    record And(List<Form> parts) implements Form {
      public And {
        parts = List.copyOf(parts);
      }
    }

    record Other() implements Form {}
  }
}
