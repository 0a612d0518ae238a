// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import org.jspecify.annotations.Nullable;

/// How big tables are by the statistics of their engine, and in which band that is.
///
/// Statistics are estimates, and old ones may say that a table is empty: no rows are claimed only
/// where someone looked.
record Sizes(Catalogue catalogue, SizeBorders borders) {
  /// A row of InnoDB takes at least 5 bytes of header, 13 of hidden columns and a key.
  private static final int LEAST_ROW = 20;

  private static final int ROWS = 3;
  private static final int DATA = 4;
  private static final int INDEXES = 5;

  /// Whether it may be worth to look for a row.
  static boolean seemsEmpty(Catalogue catalogue, TableId table) {
    var row = catalogue.row(Catalogue.TABLE, table);
    if (row == null || !isStored(row)) {
      return false;
    }
    var rows = Catalogue.number(row, ROWS);
    return rows == null || rows == 0;
  }

  static boolean isStored(Row table) {
    var type = Catalogue.value(table, 0);
    return type.equals("BASE TABLE") || type.equals("SYSTEM VERSIONED");
  }

  TableSize of(TableId table) {
    return new TableSize(rows(table), bytes(table));
  }

  SizeBand band(TableId table) {
    if (catalogue.isEmpty(table)) {
      return SizeBand.EMPTY;
    }
    var bytes = bytes(table);
    if (bytes == null) {
      return SizeBand.UNKNOWN;
    }
    var rows = rows(table);
    if (bytes >= borders.largeBytes() || (rows != null && rows >= borders.largeRows())) {
      return SizeBand.LARGE;
    }
    var most = rows == null ? bytes / LEAST_ROW : rows;
    if (most >= borders.largeRows()) {
      return SizeBand.UNKNOWN;
    }
    return most < borders.smallRows() && bytes < borders.smallBytes()
        ? SizeBand.SMALL
        : SizeBand.NORMAL;
  }

  private @Nullable Long rows(TableId table) {
    var row = catalogue.row(Catalogue.TABLE, table);
    var rows = row == null ? null : Catalogue.number(row, ROWS);
    if (rows != null && rows > 0) {
      return rows;
    }
    return catalogue.isEmpty(table) ? 0L : null;
  }

  private @Nullable Long bytes(TableId table) {
    var row = catalogue.row(Catalogue.TABLE, table);
    if (row == null) {
      return null;
    }
    var data = Catalogue.number(row, DATA);
    var indexes = Catalogue.number(row, INDEXES);
    return data == null || indexes == null ? null : Long.valueOf(data + indexes);
  }
}
