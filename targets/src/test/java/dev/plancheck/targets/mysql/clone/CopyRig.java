// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A scratch database on a server, and trials in it.
record CopyRig(MysqlServers server, String scratch, AtomicReference<String> thread) {
  static CopyRig on(MysqlServers server) throws SQLException {
    return new CopyRig(server, server.freshDatabase(), new AtomicReference<>(""));
  }

  CopyTrial trial(Duration atMost) {
    return new CopyTrial(scratch, server.engine(), this::open, atMost);
  }

  CopyTrial trialAs(String user) {
    return new CopyTrial(scratch, server.engine(), () -> connect(user), Duration.ofSeconds(20));
  }

  Trial tried(TrialOrder order) {
    return trial(Duration.ofSeconds(20)).of(order);
  }

  Outcome.Altered altered(TrialOrder order) {
    var outcome = tried(order).outcome();
    if (outcome instanceof Outcome.Altered altered) {
      return altered;
    }
    throw new AssertionError(outcome);
  }

  /// Remembers which connection it was.
  private Connection open() throws SQLException {
    var connection = server.connect("");
    thread.set(query(connection, "SELECT CONNECTION_ID()").getFirst());
    return connection;
  }

  private Connection connect(String user) throws SQLException {
    return java.sql.DriverManager.getConnection(
        "jdbc:mariadb://%s:%d/?sslMode=disable".formatted(server.host(), server.port()),
        user,
        "secret");
  }

  /// A user without any right.
  String user() throws SQLException {
    var user = "maker" + scratch;
    var identified =
        server == MysqlServers.MARIADB
            ? "IDENTIFIED BY 'secret'"
            : "IDENTIFIED WITH mysql_native_password BY 'secret'";
    server.execute("", "CREATE USER '%s'@'%%' %s".formatted(user, identified));
    return user;
  }

  /// Names of what is in the scratch database.
  List<String> left() throws SQLException {
    try (var connection = server.connect("")) {
      return query(
          connection,
          "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '%s' ORDER BY 1"
              .formatted(scratch));
    }
  }

  static List<String> query(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(rows.getMetaData().getColumnCount())));
      }
    }
    return found;
  }

  static TrialOrder order(String database, String body, String... columns) {
    return new TrialOrder(database, "book", body, true, List.of(columns), 1_000);
  }
}
