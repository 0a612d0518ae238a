// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.BenchReport.OUT;

import dev.plancheck.store.LegacyMigration.Wish;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLState;

/// What the migration of rows per check costs, against the SQL that it was first designed as, in
/// one process and one PostgreSQL. Started by `bench/legacy`; no part of the tests.
final class LegacyBench {
  private static final int DATABASES = 100;
  private static final long KILO = 1024;

  /// Seconds, and the most memory of its own that the server's process had, in MB; negative seconds
  /// are those after which it was ended.
  private record Cost(double seconds, long serverMb, long ownMb) {
    @Override
    public String toString() {
      return seconds < 0
          ? String.format(
              Locale.ROOT, "ended after %.0f s, %,d MB of the server", -seconds, serverMb)
          : String.format(
              Locale.ROOT,
              "%.1f s, %,d MB of the server, %,d MB of ours",
              seconds,
              serverMb,
              ownMb);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  @Test
  void measure() throws Exception {
    var limit = Integer.getInteger("bench.limit", 600);
    for (var plans : System.getProperty("bench.plans", "50,500,5000").split(",", -1)) {
      compare(Integer.parseInt(plans), limit);
    }
  }

  private static void compare(int plans, int limit) throws Exception {
    var source = MetadataCluster.newest().emptyDatabase();
    fill(source, plans);
    var rows = MetadataCluster.number(source, "select count(*) from plan_check_run");
    var target = MetadataCluster.newest().emptyDatabase();
    Storage.open(target).close();
    var ours =
        measured(() -> {
          var report =
              new LegacyMigration(target, _ -> {}).run(new Wish(source, "legacy", 0, false));
          if (report.plans().size() != plans || report.opens()) {
            throw new IllegalStateException("not migrated: " + report.totals());
          }
        });
    OUT.printf(Locale.ROOT, "%,d plans, %,d rows%n  ours      %s%n", plans, rows, ours);
    var original = original(source, limit);
    OUT.printf(Locale.ROOT, "  original  %s%n", original);
    OUT.printf(
        Locale.ROOT,
        "  ours over original %s%.3f; %.0f s for each million rows%n",
        original.seconds < 0 ? "less than " : "",
        ours.seconds / Math.abs(original.seconds),
        ours.seconds * 1_000_000 / rows);
  }

  private static Cost original(StorageConfig source, int limit) throws Exception {
    var sql = resource("original-consolidation.sql");
    try {
      return measured(() -> {
        try (var connection = MetadataCluster.connect(source);
            var statement = connection.createStatement()) {
          connection.setNetworkTimeout(Runnable::run, 0);
          connection.setAutoCommit(false);
          statement.execute("set local statement_timeout = '%ds'".formatted(limit));
          statement.execute(sql);
          connection.commit();
        }
      });
    } catch (SQLException e) {
      if (PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState())) {
        return new Cost(-limit, 0, 0);
      }
      throw e;
    }
  }

  /// Of all processes of the server that work meanwhile, the largest counts.
  private static Cost measured(Work work) throws Exception {
    System.gc();
    var ended = new AtomicBoolean();
    var server = new AtomicLong();
    var own = new AtomicLong();
    try (var watched = MetadataCluster.connect(MetadataCluster.newest().shared())) {
      var watcher =
          Thread.ofPlatform()
              .start(() -> {
                while (!ended.get()) {
                  server.accumulateAndGet(largestServerProcess(watched), Math::max);
                  var memory = Runtime.getRuntime();
                  own.accumulateAndGet(memory.totalMemory() - memory.freeMemory(), Math::max);
                  sleep();
                }
              });
      var started = System.nanoTime();
      try {
        work.run();
      } finally {
        ended.set(true);
        watcher.join();
      }
      return new Cost(
          (System.nanoTime() - started) / 1e9, server.get() / KILO, own.get() / KILO / KILO);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// In KB: memory that is not shared (proc(5), so Linux only).
  private static long largestServerProcess(Connection connection) {
    var largest = 0L;
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select pid from pg_stat_activity
                where backend_type in ('client backend', 'parallel worker')
                """)) {
      while (row.next()) {
        largest = Math.max(largest, anonymous(row.getLong(1)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return largest;
  }

  private static long anonymous(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // It has ended.
      return 0;
    }
  }

  /// Each plan on its databases: advice with four remarks, and a report.
  private static void fill(StorageConfig source, int plans) throws Exception {
    MetadataCluster.execute(
        source,
        resource("legacy-rows.sql")
            .replace(":plans", String.valueOf(plans))
            .replace(":databases", String.valueOf(DATABASES)));
  }

  private static String resource(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(LegacyBench.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
