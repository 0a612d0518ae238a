// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts.BinaryLog;
import dev.plancheck.checks.ghost.GhostFacts.Server;
import dev.plancheck.checks.ghost.GhostFacts.Source;
import dev.plancheck.engine.Engine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a server says of itself. Which statement it knows is told by its flavour and then by
/// trying, never by comparing version numbers across flavours.
final class ServerQuestions {
  private static final List<String> VARIABLES =
      List.of(
          "log_bin",
          "binlog_format",
          "binlog_row_image",
          "log_slave_updates",
          "log_replica_updates",
          "read_only",
          "super_read_only",
          "sql_mode",
          "partial_revokes",
          "lower_case_table_names",
          "explicit_defaults_for_timestamp");

  private final Refusable server;
  private final Engine engine;
  private final String user;

  /// `user` as GRANT names it.
  ServerQuestions(Refusable server, Engine engine, String user) {
    this.server = server;
    this.engine = engine;
    this.user = user;
  }

  Server read(String version, String database) throws SQLException {
    var variables = variables();
    return new Server(
        engine,
        version,
        database,
        variables,
        binaryLog(variables),
        sources(),
        replicas(),
        metadataLocks());
  }

  private SortedMap<String, String> variables() throws SQLException {
    var names = String.join(", ", VARIABLES.stream().map(Sql::literal).toList());
    var variables = new TreeMap<String, String>();
    for (var row : server.ask("SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + names + ")")) {
      variables.put(text(row, "Variable_name").toLowerCase(Locale.ROOT), text(row, "Value"));
    }
    return variables;
  }

  private Answer<BinaryLog> binaryLog(SortedMap<String, String> variables) throws SQLException {
    if (!variables.getOrDefault("log_bin", "").equalsIgnoreCase("ON")) {
      return new Answer.Told<>(new BinaryLog(List.of(), List.of()));
    }
    var spellings =
        engine == Engine.MARIADB
            ? List.of("SHOW MASTER STATUS", "SHOW BINLOG STATUS")
            : List.of("SHOW MASTER STATUS", "SHOW BINARY LOG STATUS");
    var right = engine == Engine.MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT";
    return server.first(
        spellings,
        grant(right),
        rows -> {
          var row = rows.isEmpty() ? new TreeMap<String, @Nullable String>() : rows.getFirst();
          return new BinaryLog(names(row.get("Binlog_Do_DB")), names(row.get("Binlog_Ignore_DB")));
        });
  }

  private static List<String> names(@Nullable String list) {
    return list == null || list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private Answer<List<Source>> sources() throws SQLException {
    var spellings =
        engine == Engine.MARIADB
            ? List.of("SHOW ALL SLAVES STATUS")
            : List.of("SHOW SLAVE STATUS", "SHOW REPLICA STATUS");
    var right = engine == Engine.MARIADB ? "SLAVE MONITOR" : "REPLICATION CLIENT";
    return server.first(
        spellings,
        grant(right),
        rows -> {
          var sources = new ArrayList<Source>();
          for (var row : rows) {
            sources.add(source(row));
          }
          return sources;
        });
  }

  private static Source source(SortedMap<String, @Nullable String> row) {
    var lag = either(row, "Seconds_Behind_Master", "Seconds_Behind_Source");
    return new Source(
        either(row, "Master_Host", "Source_Host") + ":" + either(row, "Master_Port", "Source_Port"),
        either(row, "Slave_IO_Running", "Replica_IO_Running").equals("Yes"),
        either(row, "Slave_SQL_Running", "Replica_SQL_Running").equals("Yes"),
        lag.isEmpty() ? null : Long.valueOf(lag));
  }

  private static String either(SortedMap<String, @Nullable String> row, String name, String newer) {
    return text(row, row.containsKey(name) ? name : newer);
  }

  private Answer<Integer> replicas() throws SQLException {
    var spellings =
        engine == Engine.MARIADB
            ? List.of("SHOW SLAVE HOSTS", "SHOW REPLICA HOSTS")
            : List.of("SHOW SLAVE HOSTS", "SHOW REPLICAS");
    var right = engine == Engine.MARIADB ? "REPLICATION MASTER ADMIN" : "REPLICATION SLAVE";
    return server.first(spellings, grant(right), List::size);
  }

  private Answer<Boolean> metadataLocks() throws SQLException {
    var question =
        """
        SELECT COUNT(*) AS found FROM performance_schema.setup_instruments \
        WHERE NAME = 'wait/lock/metadata/sql/mdl' AND ENABLED = 'YES' AND TIMED = 'YES'\
        """;
    return server.first(
        List.of(question),
        "GRANT SELECT ON performance_schema.* TO " + user,
        rows -> text(rows.getFirst(), "found").equals("1"));
  }

  private String grant(String right) {
    return "GRANT %s ON *.* TO %s".formatted(right, user);
  }

  /// Empty for NULL.
  static String text(SortedMap<String, @Nullable String> row, String column) {
    var value = row.get(column);
    return value == null ? "" : value;
  }
}
