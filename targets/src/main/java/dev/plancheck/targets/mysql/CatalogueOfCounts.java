// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The one statement that reads the catalogue before rows are counted: rows of kind `T` table, `K`
/// column of a primary key, `G` trigger, `R` column that a foreign key refers to.
final class CatalogueOfCounts {
  private CatalogueOfCounts() {}

  /// Of `changed` tables also what changes with their rows. Foreign keys are looked for in the same
  /// database only: the older servers would open all tables of all databases.
  static String select(Collection<TableId> tables, Collection<TableId> changed) {
    var branches = new ArrayList<String>();
    branches.add(
        branch(
            "T",
            List.of("table_schema", "table_name", "table_type", "engine"),
            "information_schema.tables WHERE " + where(tables, "table_schema", "table_name")));
    if (!changed.isEmpty()) {
      branches.add(
          branch(
              "K",
              List.of("table_schema", "table_name", "column_name"),
              "information_schema.statistics WHERE index_name = 'PRIMARY' AND "
                  + where(changed, "table_schema", "table_name")));
      branches.add(
          branch(
              "G",
              List.of(
                  "event_object_schema",
                  "event_object_table",
                  "trigger_name",
                  "event_manipulation"),
              "information_schema.triggers WHERE "
                  + where(changed, "event_object_schema", "event_object_table")));
      branches.add(
          branch(
              "R",
              List.of(
                  "k.referenced_table_schema",
                  "k.referenced_table_name",
                  "k.table_schema",
                  "k.table_name",
                  "k.referenced_column_name",
                  "r.update_rule",
                  "r.delete_rule"),
              "information_schema.key_column_usage k"
                  + " JOIN information_schema.referential_constraints r"
                  + " ON r.constraint_name = k.constraint_name AND r.table_name = k.table_name"
                  + " WHERE k.referenced_table_schema = k.table_schema AND "
                  + constants(changed)
                  + where(changed, "k.table_schema", "k.referenced_table_name")));
    }
    return String.join("\nUNION ALL\n", branches);
  }

  /// What keeps the older servers from opening more than these databases: of one, each side is told
  /// its name, for MariaDB opens the tables of all where it has to take it from the other side.
  private static String constants(Collection<TableId> tables) {
    var databases = new TreeSet<String>();
    tables.forEach(table -> databases.add(table.database()));
    return databases.size() == 1
        ? "r.constraint_schema = %1$s AND k.constraint_schema = %1$s AND "
            .formatted(Literals.text(databases.first()))
        : "r.constraint_schema = k.constraint_schema AND ";
  }

  /// Of one character set and collation, as it must be for one answer of several tables.
  private static String branch(String kind, List<String> columns, String from) {
    var all = new ArrayList<String>();
    all.add("'" + kind + "'");
    columns.forEach(column -> all.add("CONVERT(" + column + " USING utf8mb4)"));
    while (all.size() < 8) {
      all.add("NULL");
    }
    return "SELECT " + String.join(", ", all) + " FROM " + from;
  }

  private static String where(Collection<TableId> tables, String database, String name) {
    var names = new TreeMap<String, SortedSet<String>>();
    for (var table : tables) {
      names.computeIfAbsent(table.database(), _ -> new TreeSet<>()).add(table.name());
    }
    return names.entrySet().stream()
        .map(of ->
            "(%s = %s AND %s %s)"
                .formatted(
                    database, Literals.text(of.getKey()), name, Literals.oneOf(of.getValue())))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
