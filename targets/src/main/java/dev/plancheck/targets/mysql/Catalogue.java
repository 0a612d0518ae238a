// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What was read of a server's catalogue for one database: the rows of [Questions], by kind and
/// table.
final class Catalogue {
  /// Kinds of rows: databases, tables, columns, parts of indexes, columns of foreign keys, foreign
  /// keys, checks, partitions, triggers, views on a table, versions of rows, functions, and whether
  /// there is any row.
  static final char DATABASE = 'D';

  static final char TABLE = 'T';
  static final char COLUMN = 'C';
  static final char INDEX_PART = 'I';
  static final char KEY_COLUMN = 'F';
  static final char FOREIGN_KEY = 'R';
  static final char CHECK = 'K';
  static final char PARTITION = 'P';
  static final char TRIGGER = 'G';
  static final char VIEW = 'V';
  static final char ROW_VERSIONS = 'W';
  static final char FUNCTION = 'Q';
  static final char EXISTENCE = 'E';

  private static final int FIRST_VALUE = 5;

  private final Spelling spelling;
  private final Map<TableId, Map<Character, List<Row>>> tables = new HashMap<>();
  private final Map<TableId, SortedSet<TableId>> referencing = new HashMap<>();
  private final Map<String, Row> databases = new HashMap<>();
  private final Map<String, List<Row>> functions = new HashMap<>();
  private final Set<TableId> described = new HashSet<>();
  private final Map<TableId, Boolean> existence = new HashMap<>();

  Catalogue(Spelling spelling) {
    this.spelling = spelling;
  }

  Spelling spelling() {
    return spelling;
  }

  /// Tables that were asked about, whether they are there or not.
  void setDescribed(Collection<TableId> asked) {
    described.addAll(asked);
  }

  boolean isDescribed(TableId table) {
    return described.contains(table);
  }

  void add(Row row) {
    var kind = row.text(0).charAt(0);
    switch (kind) {
      case DATABASE -> databases.put(spelling.same(row.text(1)), row);
      case FUNCTION ->
          functions.computeIfAbsent(spelling.same(row.text(1)), _ -> new ArrayList<>()).add(row);
      case EXISTENCE -> existence.put(table(row), row.is(FIRST_VALUE, "1"));
      default -> {
        var rows =
            tables
                .computeIfAbsent(table(row), _ -> new HashMap<>())
                .computeIfAbsent(kind, _ -> new ArrayList<>());
        // A foreign key may come twice: from its own table and from the other.
        if (kind != FOREIGN_KEY || !rows.contains(row)) {
          rows.add(row);
        }
        if (kind == FOREIGN_KEY) {
          referencing
              .computeIfAbsent(spelling.id(value(row, 2), value(row, 3)), _ -> new TreeSet<>())
              .add(table(row));
        }
      }
    }
  }

  /// MySQL 5.7 tells that a table is there to users who may not see it, and nothing else of it.
  boolean isThere(TableId table) {
    var row = row(TABLE, table);
    return row != null && (!value(row, 0).equals("BASE TABLE") || !rows(COLUMN, table).isEmpty());
  }

  /// The rows about a table, in the order of their positions.
  List<Row> rows(char kind, TableId table) {
    return tables.getOrDefault(table, Map.of()).getOrDefault(kind, List.of()).stream()
        .sorted((a, b) -> Integer.compare(a.number(4), b.number(4)))
        .toList();
  }

  @Nullable Row row(char kind, TableId table) {
    var rows = rows(kind, table);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  @Nullable Row database(String database) {
    return databases.get(spelling.same(database));
  }

  List<Row> functions(String database) {
    return functions.getOrDefault(spelling.same(database), List.of());
  }

  /// Tables with a foreign key to this one, itself included.
  SortedSet<TableId> referencing(TableId table) {
    return referencing.getOrDefault(table, new TreeSet<>());
  }

  /// Tables that this one has a foreign key to.
  SortedSet<TableId> referenced(TableId table) {
    var found = new TreeSet<TableId>();
    for (var key : rows(FOREIGN_KEY, table)) {
      found.add(spelling.id(value(key, 2), value(key, 3)));
    }
    return found;
  }

  /// Whether the table surely has no row: it was looked.
  boolean isEmpty(TableId table) {
    return Boolean.FALSE.equals(existence.get(table));
  }

  /// Whether the table surely has a row.
  boolean isFilled(TableId table) {
    return Boolean.TRUE.equals(existence.get(table));
  }

  static String name(Row row) {
    return row.text(3);
  }

  static String value(Row row, int at) {
    return row.textOr(FIRST_VALUE + at, "");
  }

  static @Nullable String valueOrNull(Row row, int at) {
    return row.textOrNull(FIRST_VALUE + at);
  }

  static @Nullable Long number(Row row, int at) {
    return row.longOrNull(FIRST_VALUE + at);
  }

  private TableId table(Row row) {
    return spelling.id(row.text(1), row.text(2));
  }
}
