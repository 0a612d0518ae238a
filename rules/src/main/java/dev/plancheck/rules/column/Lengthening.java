// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a type's new modifiers let every old value through unchanged, so that PostgreSQL drops
/// the cast: what `varchar_support`, `numeric_support`, `TemporalSimplify` and `interval_support`
/// do in its source.
final class Lengthening {
  private static final int MOST_DIGITS_OF_SECOND = 6;

  /// From the coarsest to the finest field; a value may hold the fields down to the last named one.
  private static final List<String> FIELDS =
      List.of("year", "month", "day", "hour", "minute", "second");

  private Lengthening() {}

  /// Both are of one name.
  static boolean isNothing(TypeName from, TypeName to) {
    if (from.modifiers().equals(to.modifiers()) && sameFields(from, to)) {
      return true;
    }
    if (to.name().equals("interval")) {
      return interval(from, to);
    }
    if (to.modifiers().isEmpty()) {
      return true;
    }
    return switch (to.name()) {
      case "varchar", "varbit" ->
          !from.modifiers().isEmpty() && from.modifiers().getFirst() <= to.modifiers().getFirst();
      case "numeric" ->
          from.modifiers().size() == 2
              && to.modifiers().size() == 2
              && from.modifiers().get(1).equals(to.modifiers().get(1))
              && from.modifiers().getFirst() <= to.modifiers().getFirst();
      case "time", "timetz", "timestamp", "timestamptz" -> digits(from) <= digits(to);
      default -> false;
    };
  }

  private static boolean sameFields(TypeName from, TypeName to) {
    return fields(from).equals(fields(to));
  }

  private static String fields(TypeName type) {
    return type.fields() == null ? "" : type.fields();
  }

  private static boolean interval(TypeName from, TypeName to) {
    if (to.modifiers().isEmpty() && to.fields() == null) {
      return true;
    }
    var finest = finest(from.fields());
    return finest(to.fields()) >= finest
        && (finest < FIELDS.indexOf("second") || digits(to) >= digits(from));
  }

  private static int finest(@Nullable String fields) {
    return fields == null
        ? FIELDS.indexOf("second")
        : FIELDS.indexOf(fields.substring(fields.lastIndexOf(' ') + 1));
  }

  private static int digits(TypeName type) {
    return type.modifiers().isEmpty() ? MOST_DIGITS_OF_SECOND : type.modifiers().getFirst();
  }
}
