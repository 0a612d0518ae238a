// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static dev.plancheck.targets.mysql.ghost.ServerQuestions.text;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Found;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One table, by its whole name.
public final class TableQuestions {
  private static final int MOST_NAMES = 5_000;

  private final Refusable server;
  private final String database;
  private final String table;

  /// `table` as the server spells it, or as it was asked for where there is none.
  TableQuestions(Refusable server, String database, String table) {
    this.server = server;
    this.database = database;
    this.table = table;
  }

  /// Columns and keys of a table of our own; a refusal is the caller's.
  public static TableQuestions of(Asker asker, String database, String table) {
    return new TableQuestions(new Refusable(asker), database, table);
  }

  /// `ignoresCase` is how the server compares names of tables.
  Found read(boolean ignoresCase) throws SQLException {
    var alike = new ArrayList<String>();
    var views = new ArrayList<String>();
    alike(alike, views);
    return new Found(relation(ignoresCase), alike, views);
  }

  private Relation relation(boolean ignoresCase) throws SQLException {
    var rows =
        server.ask(
            """
            SELECT TABLE_NAME AS name, TABLE_TYPE AS type, ENGINE AS engine, \
            TABLE_COLLATION AS collation_name, TABLE_ROWS AS row_count, \
            DATA_LENGTH AS data_bytes, INDEX_LENGTH AS index_bytes \
            FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s\
            """
                .formatted(Sql.literal(database), Sql.literal(table)));
    for (var row : rows) {
      var name = text(row, "name");
      if (name.equals(table) || (ignoresCase && name.equalsIgnoreCase(table))) {
        return text(row, "type").endsWith("VIEW")
            ? new Relation.View()
            : new TableQuestions(server, database, name).seen(row);
      }
    }
    return new Relation.Missing();
  }

  /// MySQL 5.7 shows tables, but not their columns, to users without any right on them.
  private Relation seen(SortedMap<String, @Nullable String> row) throws SQLException {
    var base = base(row);
    return base.columns().isEmpty() ? new Relation.Missing() : base;
  }

  private Relation.Base base(SortedMap<String, @Nullable String> row) throws SQLException {
    return new Relation.Base(
        table,
        text(row, "engine"),
        text(row, "collation_name"),
        text(row, "type").equals("SYSTEM VERSIONED"),
        number(row, "row_count"),
        number(row, "data_bytes"),
        number(row, "index_bytes"),
        columns(),
        keys(),
        foreignKeys(),
        triggers(),
        runningIn());
  }

  private static @Nullable Long number(SortedMap<String, @Nullable String> row, String column) {
    var value = row.get(column);
    return value == null ? null : Long.valueOf(value);
  }

  public List<Column> columns() throws SQLException {
    var columns = new ArrayList<Column>();
    var rows =
        server.ask(
            """
            SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, \
            CHARACTER_SET_NAME AS charset_name, COLLATION_NAME AS collation_name, EXTRA AS extra, \
            COLUMN_DEFAULT AS default_text FROM information_schema.COLUMNS \
            WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s ORDER BY ORDINAL_POSITION\
            """
                .formatted(Sql.literal(database), Sql.literal(table)));
    for (var row : rows) {
      var extra = text(row, "extra");
      var written = row.get("default_text");
      columns.add(
          new Column(
              text(row, "name"),
              text(row, "type"),
              text(row, "nullable").equals("YES"),
              row.get("charset_name"),
              row.get("collation_name"),
              extra.contains(" GENERATED"),
              extra.contains("auto_increment"),
              written == null || written.equals("NULL") ? null : written));
    }
    return columns;
  }

  public List<TableKey> keys() throws SQLException {
    var rows =
        server.ask(
            """
            SELECT INDEX_NAME AS name, NON_UNIQUE AS repeats, COLUMN_NAME AS column_name, \
            SUB_PART AS prefix FROM information_schema.STATISTICS \
            WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s ORDER BY INDEX_NAME, SEQ_IN_INDEX\
            """
                .formatted(Sql.literal(database), Sql.literal(table)));
    var keys = new LinkedHashMap<String, TableKey>();
    for (var row : rows) {
      var columns = new ArrayList<String>();
      var begun = keys.get(text(row, "name"));
      if (begun != null) {
        columns.addAll(begun.columns());
      }
      columns.add(text(row, "column_name"));
      var prefixed = row.get("prefix") != null || (begun != null && begun.prefixed());
      var unique = text(row, "repeats").equals("0");
      keys.put(text(row, "name"), new TableKey(text(row, "name"), unique, columns, prefixed));
    }
    return List.copyOf(keys.values());
  }

  private List<ForeignKey> foreignKeys() throws SQLException {
    var own = "TABLE_SCHEMA = %s AND TABLE_NAME = %s";
    var keys = new ArrayList<ForeignKey>();
    addForeignKeys(keys, own, false);
    addForeignKeys(keys, "REFERENCED_TABLE_SCHEMA = %s AND REFERENCED_TABLE_NAME = %s", true);
    return keys;
  }

  private void addForeignKeys(List<ForeignKey> keys, String condition, boolean ofParent)
      throws SQLException {
    var rows =
        server.ask(
            """
            SELECT DISTINCT CONSTRAINT_NAME AS name, TABLE_SCHEMA AS child_schema, \
            TABLE_NAME AS child, REFERENCED_TABLE_SCHEMA AS parent_schema, \
            REFERENCED_TABLE_NAME AS parent FROM information_schema.KEY_COLUMN_USAGE \
            WHERE REFERENCED_TABLE_NAME IS NOT NULL AND %s LIMIT 1000\
            """
                .formatted(condition.formatted(Sql.literal(database), Sql.literal(table))));
    for (var row : rows) {
      keys.add(
          new ForeignKey(
              text(row, "name"),
              text(row, "child_schema") + "." + text(row, "child"),
              text(row, "parent_schema") + "." + text(row, "parent"),
              ofParent));
    }
  }

  private List<String> triggers() throws SQLException {
    var rows =
        server.ask(
            """
            SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS \
            WHERE EVENT_OBJECT_SCHEMA = %s AND EVENT_OBJECT_TABLE = %s ORDER BY TRIGGER_NAME\
            """
                .formatted(Sql.literal(database), Sql.literal(table)));
    return rows.stream().map(row -> text(row, "name")).toList();
  }

  /// A lock has at most 64 characters; of a longer name gh-ost could have none either.
  private @Nullable Long runningIn() throws SQLException {
    var lock = "gh-ost::%s.%s".formatted(database, table);
    if (lock.length() > 64) {
      return null;
    }
    return number(
        server.ask("SELECT IS_USED_LOCK(%s) AS holder".formatted(Sql.literal(lock))).getFirst(),
        "holder");
  }

  /// Names that end as gh-ost's own do, views that a pattern could match, and names that gh-ost
  /// would cut.
  private void alike(List<String> alike, List<String> views) throws SQLException {
    var rows =
        server.ask(
            """
            SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES \
            WHERE TABLE_SCHEMA = %s AND (RIGHT(TABLE_NAME, 3) IN ('gho', 'ghc', 'del') \
            OR TABLE_TYPE = 'VIEW' OR LENGTH(TABLE_NAME) > 59) LIMIT %d\
            """
                .formatted(Sql.literal(database), MOST_NAMES + 1));
    if (rows.size() > MOST_NAMES) {
      throw new SQLException(
          "more than %d tables and views look like gh-ost's own".formatted(MOST_NAMES), "HY000");
    }
    for (var row : rows) {
      alike.add(text(row, "name"));
      if (text(row, "type").endsWith("VIEW")) {
        views.add(text(row, "name"));
      }
    }
  }
}
