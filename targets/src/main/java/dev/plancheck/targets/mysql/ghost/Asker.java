// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks one question of a server. Whoever makes it limits the time of each.
@FunctionalInterface
public interface Asker {
  /// The rows, each by the names of its columns, upper and lower case alike. A refusal leaves the
  /// connection as good as before.
  List<SortedMap<String, @Nullable String>> ask(String question) throws SQLException;

  /// Over a connection that nobody else uses; a question that takes longer than `limit` breaks it.
  static Asker over(Connection connection, Duration limit) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    return question -> {
      try (var statement = connection.createStatement()) {
        try (var answer = statement.executeQuery(question)) {
          return rows(answer);
        }
      }
    };
  }

  /// All rows of an answer.
  static List<SortedMap<String, @Nullable String>> rows(ResultSet answer) throws SQLException {
    var names = answer.getMetaData();
    var rows = new ArrayList<SortedMap<String, @Nullable String>>();
    while (answer.next()) {
      var row = new TreeMap<String, @Nullable String>(String.CASE_INSENSITIVE_ORDER);
      for (var column = 1; column <= names.getColumnCount(); column++) {
        row.put(names.getColumnLabel(column), answer.getString(column));
      }
      rows.add(row);
    }
    return rows;
  }
}
