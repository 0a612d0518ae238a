// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The names that PostgreSQL chooses when a script leaves them out (`makeObjectName` and
/// `ChooseRelationName` in its source): `book_pkey`, `book_author_idx1`.
final class ChosenNames {
  private static final int LIMIT = 63;

  private ChosenNames() {}

  static String primaryKey(Schema schema, Table table) {
    return relation(schema, table, null, "pkey");
  }

  static String unique(Schema schema, Table table, List<String> columns) {
    return relation(schema, table, String.join("_", columns), "key");
  }

  static String exclude(Schema schema, Table table) {
    return relation(schema, table, null, "excl");
  }

  static String index(Schema schema, Table table, List<Statement.IndexPart> parts) {
    var columns = parts.stream().map(ChosenNames::ofPart).toList();
    return relation(schema, table, String.join("_", columns), "idx");
  }

  static String foreignKey(Table table, List<String> columns) {
    return constraint(table, String.join("_", columns), "fkey");
  }

  /// A CHECK is named after the column it is written behind, or the only one it speaks of.
  static String check(Table table, Expression expression, @Nullable String behind) {
    var only = expression.columns().size() == 1 ? expression.columns().getFirst() : null;
    return constraint(table, behind != null ? behind : only, "check");
  }

  static String notNull(Table table, String column) {
    return constraint(table, column, "not_null");
  }

  private static String ofPart(Statement.IndexPart part) {
    if (part.column() != null) {
      return part.column();
    }
    var functions = part.expression().functions();
    return functions.isEmpty() ? "expr" : functions.getFirst().name();
  }

  /// An index of another table that happens to have the name is not looked for: that would cost a
  /// walk through all tables, for a name that only its own table's next index competes for.
  private static String relation(
      Schema schema, Table table, @Nullable String middle, String label) {
    return free(
        table.name().name(),
        middle,
        label,
        name ->
            schema.tables().containsKey(table.name().withName(name))
                || table.index(name).isPresent());
  }

  private static String constraint(Table table, @Nullable String middle, String label) {
    return free(table.name().name(), middle, label, name -> table.constraint(name).isPresent());
  }

  private static String free(
      String table, @Nullable String middle, String label, Predicate<String> taken) {
    var name = joined(table, middle, label);
    for (var pass = 1; taken.test(name); pass++) {
      name = joined(table, middle, label + pass);
    }
    return name;
  }

  private static String joined(String table, @Nullable String middle, String label) {
    var first = table;
    var second = middle == null ? "" : middle;
    var room = LIMIT - label.length() - (middle == null ? 1 : 2);
    while (first.length() + second.length() > room) {
      if (first.length() > second.length()) {
        first = first.substring(0, first.length() - 1);
      } else {
        second = second.substring(0, second.length() - 1);
      }
    }
    return middle == null ? first + "_" + label : first + "_" + second + "_" + label;
  }
}
