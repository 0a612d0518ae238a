// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of an answer, each value as text; positions are 0-based.
record Row(List<@Nullable String> values) {
  Row {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  static List<Row> all(ResultSet answer) throws SQLException {
    var rows = new ArrayList<Row>();
    var width = answer.getMetaData().getColumnCount();
    while (answer.next()) {
      var values = new ArrayList<@Nullable String>(width);
      for (var at = 1; at <= width; at++) {
        values.add(answer.getString(at));
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  String text(int at) {
    return Objects.requireNonNull(values.get(at), "a value that is never null");
  }

  @Nullable String textOrNull(int at) {
    return values.get(at);
  }

  String textOr(int at, String otherwise) {
    return Objects.requireNonNullElse(values.get(at), otherwise);
  }

  int number(int at) {
    return Integer.parseInt(text(at));
  }

  /// Null also for what no long can hold: some engines say so when they do not know.
  @Nullable Long longOrNull(int at) {
    var value = values.get(at);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  boolean is(int at, String value) {
    return value.equalsIgnoreCase(values.get(at));
  }
}
