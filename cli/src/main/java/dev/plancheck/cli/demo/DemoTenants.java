// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// The demo's tenants: databases copied from one template, some of which then drift.
final class DemoTenants {
  /// What one tenant needs on disk, its share of the write-ahead log included.
  static final long BYTES_PER_DATABASE = 10L << 20;

  /// What the servers themselves need with template and rehearsal, whatever the number of tenants.
  private static final long BYTES_OF_SERVERS = 410L << 20;

  private static final String TEMPLATE = "shop_template";

  /// Looks like a tenant and is none.
  static final String REHEARSAL = "shop_rehearsal";

  /// What the demo's second act is tried on first.
  static final String STAGING = "shop_staging";

  private static final String COPY = "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy";

  /// Every copy pays for what creating the tables left behind in the catalogue.
  private static final String COMPACT_CATALOGUE =
      "VACUUM (FULL) pg_attribute, pg_class, pg_constraint, pg_depend, pg_index, pg_proc,"
          + " pg_rewrite, pg_statistic, pg_type";

  /// Copied as files, tenants write no log of their pages: half the disk for a fifth more time.
  static ClusterConfig cluster() {
    return ClusterConfig.throwAway(ClusterConfig.Role.TENANTS)
        .withSetting("max_connections", "100")
        // Room for the catalogues of all tenants, as a server of that many databases has it.
        .withSetting("shared_buffers", "384MB")
        .withSetting("wal_level", "minimal")
        .withSetting("max_wal_senders", "0")
        .withSetting("max_wal_size", "64MB")
        .withSetting("min_wal_size", "32MB");
  }

  /// More only queue up behind the server's disk.
  private static final int CREATORS = 4;

  private DemoTenants() {}

  static long bytesNeeded(int count) {
    return BYTES_OF_SERVERS + count * BYTES_PER_DATABASE;
  }

  /// Throws [NotEnoughDiskException] when `folder`'s disk has less room than `count` tenants need,
  /// `needed` bytes.
  static void requireDisk(Path folder, int count, long needed) {
    var existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNull(existing.getParent(), "the root folder exists");
    }
    try {
      var usable = Files.getFileStore(existing).getUsableSpace();
      if (usable < needed) {
        throw new NotEnoughDiskException(existing, usable, count, needed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask how full the disk of " + existing + " is", e);
    }
  }

  /// The database that all tenants are copied from, and one copy that is no tenant.
  static void createTemplate(Cluster cluster) throws SQLException {
    try (var connection = cluster.connect("postgres")) {
      execute(connection, "CREATE DATABASE " + TEMPLATE);
    }
    try (var connection = cluster.connect(TEMPLATE)) {
      execute(connection, resource("tenant.sql"));
      execute(connection, COMPACT_CATALOGUE);
    }
    try (var connection = cluster.connect("postgres")) {
      execute(connection, COPY.formatted(REHEARSAL, TEMPLATE));
    }
  }

  static void createStaging(Cluster cluster) throws SQLException {
    try (var connection = cluster.connect("postgres")) {
      execute(connection, COPY.formatted(STAGING, TEMPLATE));
    }
  }

  /// Whether a database has what `rollout.sql` brings: its column and its row.
  static boolean hasRewards(Cluster cluster, String database) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select exists (
                    select from pg_attribute
                    where attrelid = 'public.customer'::regclass and attname = 'points')
                  and exists (select from public.category where name = 'Rewards')
                """)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /// Creates `count` tenants, some of which drift; returns their names in order. `created` is told
  /// how many exist.
  static List<String> copyTemplate(Cluster cluster, int count, IntConsumer created)
      throws SQLException {
    var names = names(count);
    inParallel(
        names,
        () -> cluster.connect("postgres"),
        (connection, name) -> execute(connection, COPY.formatted(name, TEMPLATE)),
        created);
    for (var drifted : Drift.drawn(names).entrySet()) {
      try (var connection = cluster.connect(drifted.getKey())) {
        for (var statement : drifted.getValue().statements(Engine.POSTGRESQL)) {
          execute(connection, statement);
        }
      }
    }
    return names;
  }

  static List<String> names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("tenant_%04d"::formatted).toList();
  }

  /// Opens a connection of a creator.
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /// Creates one database.
  @FunctionalInterface
  interface Making {
    void make(Connection connection, String name) throws SQLException;
  }

  /// Makes all of them, some at once, each creator over one connection.
  static void inParallel(List<String> names, Opening opening, Making making, IntConsumer created)
      throws SQLException {
    var next = new AtomicInteger();
    var done = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var creators = new ArrayList<Future<Boolean>>();
      for (var creator = 0; creator < CREATORS; creator++) {
        creators.add(
            executor.submit(() -> {
              try (var connection = opening.open()) {
                for (var i = next.getAndIncrement(); i < names.size(); i = next.getAndIncrement()) {
                  making.make(connection, names.get(i));
                  created.accept(done.incrementAndGet());
                }
              }
              return true;
            }));
      }
      for (var creator : creators) {
        creator.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the tenants were created", e);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new SQLException("cannot create the tenants: " + cause.getMessage(), cause);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String resource(String name) {
    try (var stream = DemoTenants.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource of the demo is missing: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
