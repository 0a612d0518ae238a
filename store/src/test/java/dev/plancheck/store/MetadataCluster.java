// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// The real PostgreSQL that the tests of this room share, until the end of the JVM.
final class MetadataCluster {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private MetadataCluster() {}

  /// A database of its own, without our schema.
  static StorageConfig emptyDatabase() throws SQLException {
    return emptyDatabase("");
  }

  /// `options` are those of CREATE DATABASE.
  static StorageConfig emptyDatabase(String options) throws SQLException {
    var name = "store_" + NUMBER.incrementAndGet();
    try (var connection = Holder.CLUSTER.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database %s %s".formatted(name, options));
    }
    return StorageConfig.of(
        Holder.CLUSTER.jdbcUrl(name), Holder.CLUSTER.user(), Holder.CLUSTER.password());
  }

  static Connection connect(StorageConfig config) throws SQLException {
    return new Connections(config).connect();
  }

  static void execute(StorageConfig config, String sql) throws SQLException {
    try (var connection = connect(config);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// One storage for all contracts, emptied before each test.
  static StoragePorts emptyPorts() throws SQLException {
    execute(
        Holder.SHARED,
        """
        truncate plancheck.project, plancheck.instance, plancheck.database, plancheck.sheet,
          plancheck.plan, plancheck.plan_check_run restart identity
        """);
    return ports(Holder.STORAGE);
  }

  static StorageConfig shared() {
    return Holder.SHARED;
  }

  static StoragePorts ports(Storage storage) {
    return new StoragePorts(
        storage.projects(),
        storage.instances(),
        storage.databases(),
        storage.sheets(),
        storage.plans(),
        storage.runs());
  }

  /// Started with the first use.
  private static final class Holder {
    static final Cluster CLUSTER = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
    static final StorageConfig SHARED = create();
    static final Storage STORAGE = Storage.open(SHARED);

    private static StorageConfig create() {
      try {
        return emptyDatabase();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
