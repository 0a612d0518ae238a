// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.schema.CharacterSets;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a new connection one that can only read, with time limits on the server, and reads what a
/// new session of the server finds.
final class Readying {
  /// Settings that change what a script does. Those of a database are read with its tables.
  private static final String SETTINGS =
      """
      SHOW GLOBAL VARIABLES WHERE Variable_name IN (
        'sql_mode', 'foreign_key_checks', 'character_set_server', 'collation_server',
        'lower_case_table_names', 'innodb_strict_mode', 'innodb_default_row_format',
        'default_storage_engine', 'lock_wait_timeout', 'explicit_defaults_for_timestamp',
        'binlog_format', 'sql_require_primary_key', 'alter_algorithm')
      """;

  private Readying() {}

  /// Closes the connection when that fails.
  static Line ready(Connection connection, @Nullable Socket socket, Limits limits)
      throws SQLException {
    var complete = false;
    try {
      var version = ServerVersion.of(connection.getMetaData());
      if (!version.isKnown()) {
        complete = true;
        return new Line(connection, socket, version, new TreeMap<>(), Rights.NONE);
      }
      var settings = settings(connection, version);
      limit(connection, limiting(version, limits));
      var rights = rights(connection);
      complete = true;
      return new Line(connection, socket, version, settings, rights);
    } finally {
      if (!complete) {
        connection.close();
      }
    }
  }

  private static void limit(Connection connection, String settings) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(settings);
    }
  }

  private static Rights rights(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(Rights.SELECT)) {
      return Rights.of(Row.all(answer));
    }
  }

  private static SortedMap<String, String> settings(Connection connection, ServerVersion version)
      throws SQLException {
    var settings = new TreeMap<String, String>();
    settings.put("version", version.text());
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(SETTINGS)) {
      while (answer.next()) {
        var name = answer.getString(1).toLowerCase(Locale.ROOT);
        var value = answer.getString(2);
        settings.put(
            name,
            switch (name) {
              case "sql_mode" -> sorted(value);
              case "character_set_server", "collation_server" -> CharacterSets.canonical(value);
              default -> value;
            });
      }
    }
    return settings;
  }

  private static String sorted(String modes) {
    return Arrays.stream(modes.split(",", -1)).sorted().collect(Collectors.joining(","));
  }

  /// The driver's way to log in adds to sql_mode: it is set back to what others find. Settings of
  /// the server that cut answers short are lifted for our own.
  private static String limiting(ServerVersion version, Limits limits) {
    var engine =
        version.isMariadb()
            ? "max_statement_time = %s, %s = 1"
                .formatted(
                    limits.statement().toMillis() / 1000.0,
                    version.version().isAtLeast(11, 1) ? "transaction_read_only" : "tx_read_only")
            : "max_execution_time = %d, %s"
                .formatted(
                    limits.statement().toMillis(),
                    version.version().isAtLeast(8)
                        // Else counting rows would be left to what was counted a day ago, and be
                        // written down.
                        ? "transaction_read_only = 1, information_schema_stats_expiry = 0"
                        : "tx_read_only = 1");
    return """
    SET SESSION sql_mode = @@GLOBAL.sql_mode, lock_wait_timeout = %1$d,
      innodb_lock_wait_timeout = %1$d, sql_select_limit = 18446744073709551615,
      sql_big_selects = 1, autocommit = 1, %2$s
    """
        .formatted(seconds(limits.lock()), engine);
  }

  private static long seconds(Duration limit) {
    return Math.max(1, limit.plusMillis(999).toSeconds());
  }
}
