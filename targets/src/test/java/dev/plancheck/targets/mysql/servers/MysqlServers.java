// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.servers;

import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlConfig;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.embedded.mysql.NoServerException;
import dev.plancheck.engine.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A server of each kind that tests run on, each started once when a test first asks for it, shared
/// by all tests of the JVM, and gone with it. Its root user may do anything; log_bin is on.
///
/// On a machine that lacks one, tests that ask for it are skipped, loudly; where
/// `PLANCHECK_ALL_SERVERS` is 1 they fail.
@SuppressWarnings("ImmutableEnumChecker") // Each holds the server that it started.
public enum MysqlServers {
  /// 5.7.22.
  MYSQL_57(Engine.MYSQL),
  /// 8.0.15.
  MYSQL_80(Engine.MYSQL),
  /// The one of this machine.
  MARIADB(Engine.MARIADB);

  private static final String ALL = "PLANCHECK_ALL_SERVERS";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Engine engine;
  private @Nullable MysqlBinaries binaries;
  private @Nullable MysqlServer shared;

  MysqlServers(Engine engine) {
    this.engine = engine;
  }

  public Engine engine() {
    return engine;
  }

  public String host() {
    return server().host();
  }

  public int port() {
    return server().port();
  }

  public String user() {
    return server().user();
  }

  public String password() {
    return server().password();
  }

  /// As the root user; the caller closes it. `database` may be empty.
  public Connection connect(String database) throws SQLException {
    return server().connect(database);
  }

  /// A new database with a name of its own, in which each of these statements was run.
  public String freshDatabase(String... statements) throws SQLException {
    var name = "test" + DATABASES.incrementAndGet();
    execute("", "CREATE DATABASE " + name);
    execute(name, statements);
    return name;
  }

  public void execute(String database, String... statements) throws SQLException {
    execute(server(), database, statements);
  }

  /// The first column of the first row as text, or `no row`.
  public String query(String database, String sql) throws SQLException {
    return query(server(), database, sql);
  }

  static void execute(MysqlServer server, String database, String... statements)
      throws SQLException {
    try (var connection = server.connect(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String query(MysqlServer server, String database, String sql) throws SQLException {
    try (var connection = server.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  /// The shared one.
  public synchronized MysqlServer server() {
    if (shared == null) {
      shared = MysqlServer.start(config(label()));
    }
    return shared;
  }

  /// To start another one of this kind, for what must not happen to the shared one, with options of
  /// its own: `MysqlServer.start(MARIADB.config("nobinlog").withOption("skip-log-bin", ""))`.
  public MysqlConfig config(String label) {
    var config =
        MysqlConfig.of(binaries(), label)
            .withOption("server-id", "1")
            .withOption("log-bin", "binlog")
            .withOption("binlog-format", "ROW");
    // As each kind has it if nobody asks otherwise.
    return config.withOption("performance-schema", this == MARIADB ? "OFF" : "ON");
  }

  /// What to start servers of this kind from; a test that asks on a machine without is skipped.
  public synchronized MysqlBinaries binaries() {
    try {
      if (binaries == null) {
        binaries =
            switch (this) {
              case MYSQL_57 -> MysqlBinaries.fromJar(jar("plancheck.mysql57.jar"), folders());
              case MYSQL_80 -> MysqlBinaries.fromJar(jar("plancheck.mysql80.jar"), folders());
              case MARIADB -> MysqlBinaries.mariadb();
            };
      }
      return binaries;
    } catch (NoServerException e) {
      throw missing(e, System.getenv(ALL));
    }
  }

  /// Answers what the test must end with; `all` is the value of the environment variable.
  RuntimeException missing(RuntimeException reason, @Nullable String all) {
    var message = "%s cannot be tested on this machine: %s".formatted(this, reason.getMessage());
    if (Objects.equals(all, "1")) {
      throw new AssertionError("%s (%s is 1)".formatted(message, ALL), reason);
    }
    System.err.println("SKIPPED: " + message);
    return Assumptions.abort(message);
  }

  private String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
  }

  private static Folders folders() {
    return Folders.ofUser();
  }

  private static Path jar(String property) {
    return Path.of(System.getProperty(property));
  }
}
