// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.targets.postgresql.change.RowChange.Unsupported;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a table is like, as far as a backup of its rows depends on it. Names are quoted as SQL
/// wants them.
record TableFacts(String oid, String name, List<Column> columns) {
  private static final String TABLE =
      """
      SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind = 'r',
        c.relhasrules, pg_catalog.row_security_active(c.oid),
        EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass(?)
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, pg_catalog.format('%I', a.attname), a.attgenerated <> '',
        a.attidentity = 'a', COALESCE(a.attnum = ANY (p.conkey), false)
      FROM pg_catalog.pg_attribute a
        LEFT JOIN pg_catalog.pg_constraint p ON p.conrelid = a.attrelid AND p.contype = 'p'
      WHERE a.attrelid = ?::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  /// Values: the table, whether it is an UPDATE, columns that are set.
  private static final String CASCADES =
      """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_constraint f
        WHERE f.contype = 'f' AND f.confrelid = ?::pg_catalog.oid
          AND CASE WHEN ? THEN f.confupdtype IN ('c', 'n', 'd') AND EXISTS (
              SELECT FROM pg_catalog.pg_attribute k WHERE k.attrelid = f.confrelid
                AND k.attnum = ANY (f.confkey) AND k.attname = ANY (?::pg_catalog.name[]))
            ELSE f.confdeltype IN ('c', 'n', 'd') END)
      """;

  private static final String VOLATILE =
      """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_proc
        WHERE provolatile = 'v' AND proname = ANY (?::pg_catalog.name[]))
      """;

  TableFacts {
    columns = List.copyOf(columns);
  }

  /// `key` tells that it belongs to the primary key.
  record Column(String name, String quoted, boolean generated, boolean identity, boolean key) {}

  /// Throws [Unsupported] where a copy of the rows would not be what the statement changes, or
  /// could not be put back.
  static TableFacts read(Session session, RowChange change) throws SQLException, Unsupported {
    var written = change.table().schema();
    var rows =
        session
            .ask(
                TABLE,
                (written == null ? "" : quoted(written) + ".") + quoted(change.table().name()))
            .getFirst();
    if (rows.isEmpty()) {
      throw new Unsupported("there is no table %s yet".formatted(change.table()));
    }
    var row = rows.getFirst();
    var obstacle = obstacle(row);
    if (obstacle != null) {
      throw new Unsupported("%s %s".formatted(change.table(), obstacle));
    }
    var facts = new TableFacts(text(row[0]), text(row[1]), columns(session, text(row[0])));
    facts.refuseWhatSpreads(session, change);
    if (change.isUpdate()) {
      facts.refuseWithoutKey(change);
    }
    return facts;
  }

  private static @Nullable String obstacle(@Nullable String[] row) {
    if (!is(row[2])) {
      return "is no ordinary table (partitioned, foreign, a view)";
    }
    if (is(row[3])) {
      return "has rules, which change what the statement does";
    }
    if (is(row[4])) {
      return "has row level security, which may show other rows than are changed";
    }
    return is(row[5]) ? "has child tables, whose rows are changed too" : null;
  }

  private void refuseWhatSpreads(Session session, RowChange change)
      throws SQLException, Unsupported {
    if (is(session.value(CASCADES, oid, change.isUpdate(), change.columns()))) {
      throw new Unsupported(
          "rows of other tables change with those of %s, by a foreign key".formatted(name));
    }
    var where = change.where();
    if (where == null || where.functions().isEmpty()) {
      return;
    }
    var called = where.functions().stream().map(function -> function.name()).toList();
    if (is(session.value(VOLATILE, called))) {
      throw new Unsupported("its condition calls a volatile function, which would run twice");
    }
  }

  private void refuseWithoutKey(RowChange change) throws Unsupported {
    var key = columns.stream().filter(Column::key).map(Column::name).toList();
    if (key.isEmpty()) {
      throw new Unsupported("%s has no primary key".formatted(name));
    }
    if (change.columns().stream().anyMatch(key::contains)) {
      throw new Unsupported("it changes the primary key of %s".formatted(name));
    }
  }

  /// Puts the rows of `backup` back.
  String restore(String backup, boolean update) {
    if (!update) {
      var names =
          list(columns.stream().filter(column -> !column.generated()).toList(), "%1$s", ", ");
      return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s"
          .formatted(name, names, names, backup);
    }
    var set =
        columns.stream()
            .filter(column -> !column.generated() && !column.identity() && !column.key())
            .toList();
    return "UPDATE %s AS t SET %s FROM %s AS b WHERE %s"
        .formatted(
            name,
            list(set, "%1$s = b.%1$s", ", "),
            backup,
            list(columns.stream().filter(Column::key).toList(), "t.%1$s = b.%1$s", " AND "));
  }

  private static String list(List<Column> columns, String form, String between) {
    return columns.stream()
        .map(column -> form.formatted(column.quoted()))
        .collect(Collectors.joining(between));
  }

  private static List<Column> columns(Session session, String oid) throws SQLException {
    return session.ask(COLUMNS, oid).getFirst().stream()
        .map(row -> new Column(text(row[0]), text(row[1]), is(row[2]), is(row[3]), is(row[4])))
        .toList();
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String text(@Nullable String cell) {
    if (cell == null) {
      throw new IllegalStateException("a null in an answer about a table");
    }
    return cell;
  }

  private static boolean is(@Nullable String flag) {
    return "t".equals(flag);
  }
}
