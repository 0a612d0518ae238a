// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.sql.Expression;
import org.jspecify.annotations.Nullable;

/// Whether a WHERE leaves out any row.
final class WholeTable {
  private WholeTable() {}

  static boolean isMeant(@Nullable Expression where) {
    return where == null || isTrue(where.form());
  }

  /// The beginning of a sentence.
  static String why(@Nullable Expression where) {
    return where == null
        ? "There is no WHERE"
        : "WHERE %s is true for every row".formatted(where.text());
  }

  private static boolean isTrue(Expression.Form form) {
    return switch (form) {
      case Expression.Form.Tautology _ -> true;
      case Expression.Form.And(var parts) -> parts.stream().allMatch(WholeTable::isTrue);
      case Expression.Form.Literal _,
          Expression.Form.Column _,
          Expression.Form.IsNotNull _,
          Expression.Form.Other _ ->
          false;
    };
  }
}
