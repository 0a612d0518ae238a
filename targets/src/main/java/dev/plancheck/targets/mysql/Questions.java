// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The statements that read the catalogue: one for all that is asked about some tables, however
/// many databases they are in. Each row tells by its first column what it is about, see
/// [Catalogue].
final class Questions {
  /// What every row has: kind, database, table, name, position, nine values.
  private static final int VALUES = 9;

  /// InnoDB writes other names in a way of its own.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

  private final ServerVersion version;
  private final Rights rights;
  private final List<String> branches = new ArrayList<>();

  Questions(ServerVersion version, Rights rights) {
    this.version = version;
    this.rights = rights;
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  String statement() {
    return String.join("\nUNION ALL\n", branches);
  }

  void databases(Collection<String> databases) {
    add(
        'D',
        "schema_name",
        "NULL",
        "NULL",
        "0",
        List.of("default_character_set_name", "default_collation_name"),
        "information_schema.schemata WHERE schema_name " + Literals.oneOf(databases));
  }

  void functions(Collection<String> databases, Collection<String> names) {
    add(
        'Q',
        "routine_schema",
        "NULL",
        "routine_name",
        "0",
        List.of("is_deterministic"),
        "information_schema.routines WHERE routine_type = 'FUNCTION' AND routine_schema "
            + Literals.oneOf(databases)
            + " AND routine_name "
            + Literals.oneOf(names));
  }

  /// Everything about these tables.
  void describe(SortedSet<TableId> tables) {
    var groups = groups(tables);
    tables(groups);
    columns(groups);
    indexes(groups);
    references(groups);
    checks(groups);
    add(
        'P',
        "table_schema",
        "table_name",
        "partition_name",
        "partition_ordinal_position",
        List.of(
            "partition_method",
            "partition_expression",
            "partition_description",
            "subpartition_method",
            "subpartition_expression"),
        "information_schema.partitions WHERE partition_name IS NOT NULL AND "
            + where(groups, "table_schema", "table_name"));
    add(
        'G',
        "event_object_schema",
        "event_object_table",
        "trigger_name",
        "0",
        List.of("action_timing", "event_manipulation"),
        "information_schema.triggers WHERE "
            + where(groups, "event_object_schema", "event_object_table"));
    if (tellsViews()) {
      add(
          'V',
          "table_schema",
          "table_name",
          "view_name",
          "0",
          List.of("view_schema"),
          "information_schema.view_table_usage WHERE "
              + where(groups, "table_schema", "table_name"));
    }
    if (!version.isMariadb()
        && version.isAtLeast(8, 0, 29)
        && rights.everywhere().contains("PROCESS")) {
      rowVersions(tables);
    }
  }

  /// Whether the server knows which views read a table.
  boolean tellsViews() {
    return !version.isMariadb() && version.isAtLeast(8, 0, 13);
  }

  /// Whether each of the tables has a row.
  void existence(Collection<TableId> tables) {
    for (var table : tables) {
      branches.add(
          "SELECT 'E', %s, %s, NULL, 0, EXISTS (SELECT 1 FROM %s LIMIT 1)%s"
              .formatted(
                  Literals.text(table.database()),
                  Literals.text(table.name()),
                  table.quoted(),
                  ", NULL".repeat(VALUES - 1)));
    }
  }

  private void tables(Map<SortedSet<String>, SortedSet<String>> groups) {
    add(
        'T',
        "table_schema",
        "table_name",
        "NULL",
        "0",
        List.of(
            "table_type",
            "engine",
            "row_format",
            "table_rows",
            "data_length",
            "index_length",
            "table_collation",
            "create_options",
            "table_comment"),
        "information_schema.tables WHERE " + where(groups, "table_schema", "table_name"));
  }

  private void columns(Map<SortedSet<String>, SortedSet<String>> groups) {
    add(
        'C',
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position",
        List.of(
            "column_type",
            "is_nullable",
            "column_default",
            "extra",
            "character_set_name",
            "collation_name",
            "column_comment",
            "generation_expression"),
        "information_schema.columns WHERE " + where(groups, "table_schema", "table_name"));
  }

  private void indexes(Map<SortedSet<String>, SortedSet<String>> groups) {
    var functional = !version.isMariadb() && version.isAtLeast(8, 0, 13);
    var visible =
        version.isMariadb()
            ? "IF(ignored = 'YES', 'NO', 'YES')"
            : version.version().isAtLeast(8) ? "is_visible" : "'YES'";
    add(
        'I',
        "table_schema",
        "table_name",
        "index_name",
        "seq_in_index",
        List.of(
            "non_unique",
            "column_name",
            "sub_part",
            "index_type",
            "collation",
            functional ? "expression" : "NULL",
            visible,
            "index_comment"),
        "information_schema.statistics WHERE " + where(groups, "table_schema", "table_name"));
  }

  /// The older servers open each table of a database to answer, and all tables of all databases for
  /// keys that come from others: there only those of the same database are looked for.
  private void references(Map<SortedSet<String>, SortedSet<String>> groups) {
    add(
        'F',
        "table_schema",
        "table_name",
        "constraint_name",
        "ordinal_position",
        List.of(
            "column_name",
            "referenced_table_schema",
            "referenced_table_name",
            "referenced_column_name"),
        "information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND "
            + where(groups, "table_schema", "table_name"));
    var values =
        List.of("update_rule", "delete_rule", "unique_constraint_schema", "referenced_table_name");
    var from = "information_schema.referential_constraints WHERE ";
    var out = where(groups, "constraint_schema", "table_name");
    var database = tellsForeignDatabases() ? "unique_constraint_schema" : "constraint_schema";
    var in = where(groups, database, "referenced_table_name");
    // Two questions and not one with OR, for which MariaDB opens the tables of all its databases.
    add('R', "constraint_schema", "table_name", "constraint_name", "0", values, from + out);
    add('R', "constraint_schema", "table_name", "constraint_name", "0", values, from + in);
  }

  /// Whether foreign keys of other databases are found.
  boolean tellsForeignDatabases() {
    return !version.isMariadb() && version.version().isAtLeast(8);
  }

  private void checks(Map<SortedSet<String>, SortedSet<String>> groups) {
    if (version.isMariadb()) {
      add(
          'K',
          "constraint_schema",
          "table_name",
          "constraint_name",
          "0",
          List.of("check_clause", "'YES'", "level"),
          "information_schema.check_constraints WHERE "
              + where(groups, "constraint_schema", "table_name"));
    } else if (version.isAtLeast(8, 0, 16)) {
      add(
          'K',
          "t.table_schema",
          "t.table_name",
          "t.constraint_name",
          "0",
          List.of("c.check_clause", "t.enforced"),
          "information_schema.table_constraints t JOIN information_schema.check_constraints c"
              + " ON c.constraint_schema = t.constraint_schema"
              + " AND c.constraint_name = t.constraint_name"
              + " WHERE t.constraint_type = 'CHECK' AND "
              + where(groups, "t.table_schema", "t.table_name"));
    }
  }

  private void rowVersions(Collection<TableId> tables) {
    var names =
        tables.stream()
            .filter(
                id -> PLAIN.matcher(id.database()).matches() && PLAIN.matcher(id.name()).matches())
            .map(id -> id.database() + "/" + id.name())
            .toList();
    if (!names.isEmpty()) {
      add(
          'W',
          "SUBSTRING_INDEX(name, '/', 1)",
          "SUBSTRING_INDEX(name, '/', -1)",
          "NULL",
          "0",
          List.of("total_row_versions"),
          "information_schema.innodb_tables WHERE name " + Literals.oneOf(names));
    }
  }

  /// Texts of one character set and collation, whatever those of the catalogue's columns are: else
  /// the server could not put the rows of two tables into one answer.
  private void add(
      char kind,
      String database,
      String table,
      String name,
      String position,
      List<String> values,
      String from) {
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
    branches.add("SELECT " + String.join(", ", all) + " FROM " + from);
  }

  private static String converted(String value) {
    return value.equals("NULL") ? value : "CONVERT(" + value + " USING utf8mb4)";
  }

  /// Databases by the names that are asked about in them.
  private static Map<SortedSet<String>, SortedSet<String>> groups(Collection<TableId> tables) {
    var names = new TreeMap<String, SortedSet<String>>();
    for (var id : tables) {
      names.computeIfAbsent(id.database(), _ -> new TreeSet<>()).add(id.name());
    }
    var groups = new LinkedHashMap<SortedSet<String>, SortedSet<String>>();
    names.forEach((database, of) -> groups.computeIfAbsent(of, _ -> new TreeSet<>()).add(database));
    return groups;
  }

  private static String where(
      Map<SortedSet<String>, SortedSet<String>> groups, String database, String table) {
    return groups.entrySet().stream()
        .map(group ->
            "(%s %s AND %s %s)"
                .formatted(
                    database,
                    Literals.oneOf(group.getValue()),
                    table,
                    Literals.oneOf(group.getKey())))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
