// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of an answer, as the texts that the server sent; columns count from 0.
final class Row {
  private final @Nullable String[] cells;

  private Row(@Nullable String[] cells) {
    this.cells = cells;
  }

  static List<Row> all(List<@Nullable String[]> cells) {
    return cells.stream().map(Row::new).toList();
  }

  @Nullable String textOrNull(int column) {
    return cells[column];
  }

  boolean isNull(int column) {
    return cells[column] == null;
  }

  String text(int column) {
    var cell = cells[column];
    if (cell == null) {
      throw new IllegalStateException("column %d of an answer: null".formatted(column));
    }
    return cell;
  }

  /// The one character of a `"char"` column; blank for none.
  char letter(int column) {
    var cell = text(column);
    return cell.isEmpty() ? ' ' : cell.charAt(0);
  }

  boolean flag(int column) {
    return text(column).equals("t");
  }

  int number(int column) {
    return Integer.parseInt(text(column));
  }

  /// An object id: unsigned 32 bits.
  long oid(int column) {
    return Long.parseLong(text(column));
  }

  @Nullable Long bigOrNull(int column) {
    var cell = cells[column];
    return cell == null ? null : Long.valueOf(cell);
  }

  /// The numbers of an `int2vector` or of an array of numbers, in order; empty for null.
  List<Integer> numbers(int column) {
    return oids(column).stream().map(Math::toIntExact).toList();
  }

  /// The object ids of an `oidvector` or of an array of them, in order; empty for null.
  List<Long> oids(int column) {
    var cell = cells[column];
    if (cell == null) {
      return List.of();
    }
    var oids = new ArrayList<Long>();
    for (var at = 0; at < cell.length(); at++) {
      var start = at;
      while (at < cell.length() && " ,{}".indexOf(cell.charAt(at)) < 0) {
        at++;
      }
      if (at > start) {
        oids.add(Long.parseLong(cell, start, at, 10));
      }
    }
    return oids;
  }

  /// The texts of a one-dimensional array, in order; empty for null.
  List<String> texts(int column) {
    return ArrayText.parse(cells[column]);
  }
}
