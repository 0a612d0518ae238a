// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static dev.plancheck.targets.mysql.Conditions.Price.HIGH;
import static dev.plancheck.targets.mysql.Conditions.Price.LOW;
import static dev.plancheck.targets.mysql.Conditions.Price.OF_EACH_DATABASE;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Pattern;

/// The statements that read the catalogue: one for all that is asked about some tables, however
/// many databases they are in. Each row tells by its first column what it is about, see
/// [Catalogue].
final class Questions {
  /// InnoDB writes other names in a way of its own.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

  private final ServerVersion version;
  private final Rights rights;
  private final Branches branches = new Branches();

  Questions(ServerVersion version, Rights rights) {
    this.version = version;
    this.rights = rights;
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  String statement() {
    return branches.statement();
  }

  void databases(Collection<String> databases) {
    branches.add(
        Branches.select(
            'D',
            "schema_name",
            "NULL",
            "NULL",
            "0",
            List.of("default_character_set_name", "default_collation_name")),
        "information_schema.schemata WHERE schema_name " + Literals.oneOf(databases));
  }

  void functions(Collection<String> databases, Collection<String> names) {
    branches.add(
        Branches.select(
            'Q', "routine_schema", "NULL", "routine_name", "0", List.of("is_deterministic")),
        "information_schema.routines WHERE routine_type = 'FUNCTION' AND routine_schema "
            + Literals.oneOf(databases)
            + " AND routine_name "
            + Literals.oneOf(names));
  }

  /// Everything about these tables; `all` is how many databases the server has.
  void describe(SortedSet<TableId> tables, long all) {
    var asked = Conditions.of(version, all, tables);
    tables(asked);
    columns(asked);
    indexes(asked);
    references(asked);
    checks(asked);
    branches.add(
        Branches.select(
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
                "subpartition_expression")),
        "information_schema.partitions WHERE partition_name IS NOT NULL AND ",
        asked.on("table_schema", "table_name", HIGH));
    branches.add(
        Branches.select(
            'G',
            "event_object_schema",
            "event_object_table",
            "trigger_name",
            "0",
            List.of("action_timing", "event_manipulation")),
        "information_schema.triggers WHERE ",
        asked.on("event_object_schema", "event_object_table", HIGH));
    if (tellsViews()) {
      branches.add(
          Branches.select(
              'V', "table_schema", "table_name", "view_name", "0", List.of("view_schema")),
          "information_schema.view_table_usage WHERE ",
          asked.on("table_schema", "table_name", LOW));
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
          Branches.select(
              'E',
              Literals.text(table.database()),
              Literals.text(table.name()),
              "NULL",
              "0",
              List.of("EXISTS (SELECT 1 FROM %s LIMIT 1)".formatted(table.quoted()))));
    }
  }

  private void tables(Conditions asked) {
    branches.add(
        Branches.select(
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
                "table_comment")),
        "information_schema.tables WHERE ",
        asked.on("table_schema", "table_name", LOW));
  }

  private void columns(Conditions asked) {
    branches.add(
        Branches.select(
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
                "generation_expression")),
        "information_schema.columns WHERE ",
        asked.on("table_schema", "table_name", HIGH));
  }

  private void indexes(Conditions asked) {
    var functional = !version.isMariadb() && version.isAtLeast(8, 0, 13);
    var visible =
        version.isMariadb()
            ? "IF(ignored = 'YES', 'NO', 'YES')"
            : version.version().isAtLeast(8) ? "is_visible" : "'YES'";
    branches.add(
        Branches.select(
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
                "index_comment")),
        "information_schema.statistics WHERE ",
        asked.on("table_schema", "table_name", LOW));
  }

  /// The older servers open each table of a database to answer, and all tables of all databases for
  /// keys that come from others: there only those of the same database are looked for.
  private void references(Conditions asked) {
    branches.add(
        Branches.select(
            'F',
            "table_schema",
            "table_name",
            "constraint_name",
            "ordinal_position",
            List.of(
                "column_name",
                "referenced_table_schema",
                "referenced_table_name",
                "referenced_column_name")),
        "information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND ",
        asked.on("table_schema", "table_name", LOW));
    var values =
        List.of("update_rule", "delete_rule", "unique_constraint_schema", "referenced_table_name");
    var from = "information_schema.referential_constraints WHERE ";
    var out = asked.on("constraint_schema", "table_name", LOW);
    var database = tellsForeignDatabases() ? "unique_constraint_schema" : "constraint_schema";
    var in = asked.on(database, "referenced_table_name", OF_EACH_DATABASE);
    var keys =
        Branches.select('R', "constraint_schema", "table_name", "constraint_name", "0", values);
    branches.add(keys, from, out);
    branches.add(keys, from, in);
  }

  /// Whether foreign keys of other databases are found.
  boolean tellsForeignDatabases() {
    return !version.isMariadb() && version.version().isAtLeast(8);
  }

  /// The table that a foreign key refers to, as what was asked about it says: see [#references].
  TableId referenced(Row key, Spelling spelling) {
    return spelling.id(
        tellsForeignDatabases() ? Catalogue.value(key, 2) : key.text(1), Catalogue.value(key, 3));
  }

  private void checks(Conditions asked) {
    if (version.isMariadb()) {
      branches.add(
          Branches.select(
              'K',
              "constraint_schema",
              "table_name",
              "constraint_name",
              "0",
              List.of("check_clause", "'YES'", "level")),
          "information_schema.check_constraints WHERE ",
          asked.on("constraint_schema", "table_name", HIGH));
    } else if (version.isAtLeast(8, 0, 16)) {
      branches.add(
          Branches.select(
              'K',
              "t.table_schema",
              "t.table_name",
              "t.constraint_name",
              "0",
              List.of("c.check_clause", "t.enforced")),
          "information_schema.table_constraints t JOIN information_schema.check_constraints c"
              + " ON c.constraint_schema = t.constraint_schema"
              + " AND c.constraint_name = t.constraint_name"
              + " WHERE t.constraint_type = 'CHECK' AND ",
          asked.on("t.table_schema", "t.table_name", LOW));
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
      branches.add(
          Branches.select(
              'W',
              "SUBSTRING_INDEX(name, '/', 1)",
              "SUBSTRING_INDEX(name, '/', -1)",
              "NULL",
              "0",
              List.of("total_row_versions")),
          "information_schema.innodb_tables WHERE name " + Literals.oneOf(names));
    }
  }
}
