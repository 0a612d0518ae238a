// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.List;

/// The SELECTs of one statement, whose rows all have a kind, a database, a table, a name, a
/// position and nine values.
final class Branches {
  private static final int VALUES = 9;

  private final List<String> selects = new ArrayList<>();

  boolean isEmpty() {
    return selects.isEmpty();
  }

  String statement() {
    return String.join("\nUNION ALL\n", selects);
  }

  void add(String select) {
    selects.add(select);
  }

  void add(String select, String from) {
    add(select + " FROM " + from);
  }

  /// One for each condition.
  void add(String select, String from, List<String> conditions) {
    conditions.forEach(condition -> add(select, from + condition));
  }

  /// Texts of one character set and collation, whatever those of the catalogue's columns are: else
  /// the server could not put the rows of two tables into one answer.
  static String select(
      char kind, String database, String table, String name, String position, List<String> values) {
    var all = new ArrayList<String>();
    all.add("'" + kind + "'");
    for (var text : List.of(database, table, name)) {
      all.add(converted(text));
    }
    all.add(position);
    values.forEach(value -> all.add(converted(value)));
    while (all.size() < 5 + VALUES) {
      all.add("NULL");
    }
    return "SELECT " + String.join(", ", all);
  }

  private static String converted(String value) {
    return value.equals("NULL") ? value : "CONVERT(" + value + " USING utf8mb4)";
  }
}
