// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.engine.Engine;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/// A real PostgreSQL with some equal databases, for plans to be checked on.
record Fleet(Cluster cluster, int databases) implements AutoCloseable {
  /// Where a server finds the password: in its environment.
  static final String PASSWORD_VARIABLE = "CHAOS_PASSWORD";

  static Fleet start(int databases) throws SQLException {
    var cluster = Cluster.start(ClusterConfig.throwAway(ClusterConfig.Role.TENANTS));
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database template_of_all");
    }
    try (var connection = cluster.connect("template_of_all");
        var statement = connection.createStatement()) {
      statement.execute(
          "create table item (id bigint primary key, price numeric not null, note text)");
      statement.execute("insert into item values (1, 1, 'one')");
    }
    var fleet = new Fleet(cluster, databases);
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      for (var name : fleet.names()) {
        statement.execute("create database %s template template_of_all".formatted(name));
      }
    }
    return fleet;
  }

  List<String> names() {
    return IntStream.range(0, databases).mapToObj("tenant_%03d"::formatted).toList();
  }

  /// The fleet as an instance that is reached over a port of its own.
  Instance instance(String id, int port) {
    return new Instance(
        id,
        id,
        Engine.POSTGRESQL,
        "production",
        "127.0.0.1",
        port,
        cluster.user(),
        new Instance.Secret.Env(PASSWORD_VARIABLE),
        Instance.TlsMode.DISABLE);
  }

  static List<DatabaseName> targets(String instance, List<String> names) {
    return names.stream().map(name -> new DatabaseName(instance, name)).toList();
  }

  /// Ends every connection to a tenant, as an administrator would.
  int cutConnections() throws SQLException {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname like 'tenant%' and pid <> pg_backend_pid()
                """)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
