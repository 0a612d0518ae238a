// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL that the tests of this room share, until the end of the JVM.
final class MetadataCluster {
  private final AtomicInteger number = new AtomicInteger();
  private final Cluster cluster;
  private final StorageConfig shared;
  private final Storage storage;

  private MetadataCluster(PostgresBinaries binaries) {
    cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH).withBinaries(binaries));
    try {
      shared = emptyDatabase();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    storage = Storage.open(shared);
  }

  /// The version that the product brings along.
  static MetadataCluster newest() {
    return Newest.CLUSTER;
  }

  /// The oldest version that the product works with.
  static MetadataCluster oldest() {
    return Oldest.CLUSTER;
  }

  /// A database of its own, without our schema.
  StorageConfig emptyDatabase() throws SQLException {
    return emptyDatabase("");
  }

  /// `options` are those of CREATE DATABASE.
  StorageConfig emptyDatabase(String options) throws SQLException {
    var name = "store_" + number.incrementAndGet();
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database %s %s".formatted(name, options));
    }
    return StorageConfig.of(cluster.jdbcUrl(name), cluster.user(), cluster.password());
  }

  /// The database of [#emptyPorts].
  StorageConfig shared() {
    return shared;
  }

  /// The storage of [#emptyPorts].
  Storage storage() {
    return storage;
  }

  /// One storage for all contracts, emptied before each test.
  StoragePorts emptyPorts() throws SQLException {
    execute(
        shared,
        """
        truncate plancheck.project, plancheck.instance, plancheck.database, plancheck.sheet,
          plancheck.plan, plancheck.plan_check_run, plancheck.plan_check_run_shard,
          plancheck.plan_check_run_chunk, plancheck.plan_check_run_overflow,
          plancheck.plan_check_run_log, plancheck.connection_lease, plancheck.connection_wish,
          plancheck.scheduled_tasks, plancheck.database_change, plancheck.environment,
          plancheck.database_group, plancheck.release, plancheck.sheet_reference, plancheck.user,
          plancheck.access_log, plancheck.webhook restart identity cascade;
        insert into plancheck.environment (id, title, position)
        values ('test', 'Test', 1), ('staging', 'Staging', 2), ('production', 'Production', 3)
        """);
    return ports(storage);
  }

  static StoragePorts ports(Storage storage) {
    return new StoragePorts(
        storage.projects(),
        storage.environments(),
        storage.instances(),
        storage.databases(),
        storage.groups(),
        storage.sheets(),
        storage.releases(),
        storage.policies(),
        storage.plans(),
        storage.runs(),
        storage.shards(),
        storage.decisions(QueueSettings.DEFAULT).overrides(),
        storage.decisions(QueueSettings.DEFAULT).approvalPolicies(),
        storage.decisions(QueueSettings.DEFAULT).approvals(),
        storage.decisions(QueueSettings.DEFAULT).rollouts(),
        storage.legacyUids(),
        storage::foldAll);
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

  /// The first column of the first row.
  static long number(StorageConfig config, String sql) throws SQLException {
    try (var connection = connect(config);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Started with the first use.
  private static final class Newest {
    static final MetadataCluster CLUSTER = new MetadataCluster(PostgresBinaries.bundled());
  }

  /// Started with the first use.
  private static final class Oldest {
    static final MetadataCluster CLUSTER =
        new MetadataCluster(PostgresBinaries.fromJar(jar("plancheck.postgres14.jar")));

    private static Path jar(String property) {
      return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
  }
}
