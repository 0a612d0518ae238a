// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlConfig;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/// The demo's tenants on MariaDB, which copies no databases: each is made by the same script.
final class MariadbTenants {
  /// What one tenant needs on disk: InnoDB's files begin at 64 kB and more with an index.
  static final long BYTES_PER_DATABASE = 3L << 20;

  /// What the servers themselves need, whatever the number of tenants.
  private static final long BYTES_OF_SERVERS = 160L << 20;

  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\\n|$)");

  private MariadbTenants() {}

  static long bytesNeeded(int count) {
    return BYTES_OF_SERVERS + count * BYTES_PER_DATABASE;
  }

  /// Room for the tables of all tenants, and what gh-ost would ask for.
  static MysqlConfig config(MysqlBinaries binaries, Folders folders) {
    return MysqlConfig.of(binaries, "tenants")
        .withFolders(folders)
        .withOption("innodb-buffer-pool-size", "256M")
        .withOption("max-connections", "100")
        .withOption("server-id", "1")
        .withOption("log-bin", "binlog")
        .withOption("binlog-format", "ROW")
        .withOption("performance-schema", "ON")
        .withOption("performance-schema-instrument", "wait/lock/metadata/sql/mdl=ON");
  }

  /// Creates `count` tenants, some of which drift; returns their names in order.
  static List<String> create(MysqlServer server, int count, IntConsumer created)
      throws SQLException {
    var names = DemoTenants.names(count);
    create(server, names, created);
    for (var drifted : Drift.drawn(names).entrySet()) {
      try (var connection = server.connect(drifted.getKey())) {
        for (var statement : drifted.getValue().statements(Engine.MARIADB)) {
          execute(connection, statement);
        }
      }
    }
    return names;
  }

  static void create(MysqlServer server, List<String> names, IntConsumer created)
      throws SQLException {
    create(server, names, DemoTenants.resource("tenant-mariadb.sql"), created);
  }

  /// Several at once: most of the time a creator waits for the file system.
  static void create(MysqlServer server, List<String> names, String script, IntConsumer created)
      throws SQLException {
    var statements = statements(script);
    DemoTenants.inParallel(
        names,
        () -> server.connect(""),
        (connection, name) -> {
          execute(connection, "CREATE DATABASE " + name);
          connection.setCatalog(name);
          for (var statement : statements) {
            execute(connection, statement);
          }
        },
        created);
  }

  private static List<String> statements(String script) {
    return END_OF_STATEMENT.splitAsStream(script).filter(text -> !text.isBlank()).toList();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
