// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema of ours in a user's database, and a table in it: made when missing, and used only if
/// nobody but us and those above us could have put something else in its place.
///
/// What belongs to another role is not touched: a trigger on it would run with our rights. Owners
/// that are trusted: the current role, a role that it is a member of, superusers.
record OwnSchema(String schema, @Nullable String table, String createTable) {
  /// What someone who creates the same at the same moment makes our own attempt fail with.
  private static final Set<String> RACES =
      Set.of(Faults.DUPLICATE_KEY, "42P06", "42P07", "40P01", "XX000");

  private static final int TRIES = 5;

  /// Values: table, schema. A superuser counts as a member of every role, which says nothing.
  private static final String STATE =
      """
      SELECT {trusted nspowner}, pg_catalog.has_schema_privilege(n.oid, 'CREATE'),
        c.oid IS NOT NULL, {trusted relowner} AND c.relkind = 'r'
          AND NOT c.relhasrules AND NOT c.relhastriggers AND NOT c.relrowsecurity,
        pg_catalog.has_table_privilege(c.oid, 'INSERT')
          AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
      FROM pg_catalog.pg_namespace n
        LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = ?
      WHERE n.nspname = ?
      """
          .replace("{trusted nspowner}", trusted("n.nspowner"))
          .replace("{trusted relowner}", trusted("c.relowner"));

  private static final String ROLE =
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ?)";

  /// Null when it is there and ours, or was made now if `creates`; else why it cannot be used, as a
  /// sentence goes on. Throws what else the server complains of.
  @Nullable String prepare(Session session, String lockLimit, boolean creates) throws SQLException {
    for (var attempt = 1; ; attempt++) {
      var rows = session.ask(STATE, table == null ? "" : table, schema).getFirst();
      if (!rows.isEmpty()) {
        var state = rows.getFirst();
        var obstacle = obstacle(state);
        if (obstacle != null || table == null || is(state[2])) {
          return obstacle;
        }
      }
      if (!creates) {
        return "%s is gone".formatted(name());
      }
      if (rows.isEmpty() && is(session.value(ROLE, schema))) {
        return "a role is called %s, and would find the schema in its search path"
            .formatted(schema);
      }
      try {
        create(session, rows.isEmpty(), lockLimit);
      } catch (SQLException e) {
        session.rollBack();
        if (Faults.state(e).equals(Faults.MISSING_RIGHT)) {
          return "the user may not create %s".formatted(name());
        }
        if (attempt == TRIES || !RACES.contains(Faults.state(e))) {
          throw e;
        }
      }
    }
  }

  private @Nullable String obstacle(@Nullable String[] state) {
    if (!is(state[0])) {
      return "the schema %s belongs to another role".formatted(schema);
    }
    if (table == null) {
      return is(state[1]) ? null : "the user may not create tables in %s".formatted(schema);
    }
    if (is(state[2]) && !is(state[3])) {
      return "%s belongs to another role, or is no plain table".formatted(name());
    }
    return !is(state[2]) || is(state[4])
        ? null
        : "the user may not read and write %s".formatted(name());
  }

  private void create(Session session, boolean withSchema, String lockLimit) throws SQLException {
    var commands = new StringBuilder("BEGIN;\n");
    commands.append("SELECT pg_catalog.set_config('lock_timeout', ?, true);\n");
    if (withSchema) {
      commands.append("CREATE SCHEMA IF NOT EXISTS ").append(schema).append(";\n");
    }
    commands.append(createTable).append("COMMIT");
    session.ask(commands.toString(), lockLimit);
  }

  private String name() {
    return table == null ? "the schema " + schema : "%s.%s".formatted(schema, table);
  }

  private static boolean is(@Nullable String flag) {
    return "t".equals(flag);
  }

  private static String trusted(String owner) {
    return """
    (SELECT o.rolsuper OR o.rolname = CURRENT_USER OR (NOT me.rolsuper
        AND pg_catalog.pg_has_role(me.oid, o.oid, 'USAGE'))
      FROM pg_catalog.pg_roles o, pg_catalog.pg_roles me
      WHERE o.oid = %s AND me.rolname = CURRENT_USER)\
    """
        .formatted(owner);
  }
}
