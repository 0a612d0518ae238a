// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The databases of the fan-out benchmark: copies of one template of 50 tables, one in a hundred of
/// which drifted. A seed makes them the same every time.
record FanoutFleet(Cluster cluster, List<String> databases, int drifted) implements AutoCloseable {
  private static final int TABLES = 50;
  private static final int ROWS = 100;
  private static final long SEED = 20_261_122;

  /// A change of two tables; each kind of statement once.
  static final String SCRIPT =
      """
      SET lock_timeout = '1s';
      ALTER TABLE t30 ADD COLUMN archived_at timestamptz;
      CREATE INDEX CONCURRENTLY t40_amount ON t40 (amount);
      UPDATE t30 SET status = 'archived' WHERE created_at < now() - interval '1 year';
      DELETE FROM t40 WHERE status = 's3';
      """;

  /// What the same script costs at least: the plans of what changes rows.
  static final String EXPLAINS =
      """
      EXPLAIN (FORMAT JSON, VERBOSE)
      UPDATE t30 SET status = 'archived' WHERE created_at < now() - interval '1 year';
      EXPLAIN (FORMAT JSON, VERBOSE) DELETE FROM t40 WHERE status = 's3'
      """;

  /// A drifted database has one of these.
  static final List<String> DRIFTS =
      List.of(
          "ALTER TABLE t30 ADD COLUMN extra int",
          "DROP INDEX t40_status",
          "ALTER TABLE t40 ALTER COLUMN amount TYPE numeric(14, 2)");

  FanoutFleet {
    databases = List.copyOf(databases);
  }

  static FanoutFleet create(int count) throws SQLException {
    var cluster =
        Cluster.start(
            DemoTenants.cluster()
                .withSetting("autovacuum_naptime", "1h")
                .withSetting("shared_buffers", "512MB"));
    // Embedded servers hash their random passwords once, users' servers so often.
    execute(
        cluster,
        "postgres",
        "SET scram_iterations = 4096; ALTER ROLE %s PASSWORD '%s'"
            .formatted(cluster.user(), cluster.password()));
    var names = new ArrayList<String>();
    execute(cluster, "postgres", "CREATE DATABASE fleet_template");
    execute(cluster, "fleet_template", template());
    execute(cluster, "fleet_template", "VACUUM ANALYZE");
    for (var number = 0; number < count; number++) {
      var name = "fleet_%04d".formatted(number);
      execute(
          cluster,
          "postgres",
          "CREATE DATABASE %s TEMPLATE fleet_template STRATEGY file_copy".formatted(name));
      names.add(name);
    }
    var drifted = Math.max(1, count / 100);
    var random = new Random(SEED);
    for (var number = 0; number < drifted; number++) {
      var name = names.get(number * (count / drifted) + random.nextInt(count / drifted));
      execute(cluster, name, DRIFTS.get(number % DRIFTS.size()));
    }
    return new FanoutFleet(cluster, names, drifted);
  }

  /// Each table has a primary key and two more indexes, and all but the first a foreign key.
  private static String template() {
    var random = new Random(SEED);
    var sql = new StringBuilder();
    for (var number = 1; number <= TABLES; number++) {
      var parent = number == 1 ? "" : " REFERENCES t%02d".formatted(1 + random.nextInt(number - 1));
      sql.append(
          """
          CREATE TABLE t%1$02d (id int PRIMARY KEY, parent_id int%2$s,
            name varchar(40) NOT NULL DEFAULT '', status text, amount numeric(10, 2) DEFAULT 0,
            created_at timestamptz DEFAULT now(), note text);
          CREATE INDEX t%1$02d_status ON t%1$02d (status);
          CREATE INDEX t%1$02d_created ON t%1$02d (created_at);
          INSERT INTO t%1$02d
            SELECT n, n, 'name ' || n, 's' || n %% 5, n, now(), 'x' FROM generate_series(1, %3$d) n;
          """
              .formatted(number, parent, ROWS));
    }
    return sql.toString();
  }

  private static void execute(Cluster cluster, String database, String sql) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Milliseconds of processor time that the server and all its sessions that ended have used, by
  /// proc(5): ticks are hundredths of a second on every Linux.
  long serverMillis() {
    try {
      var pid = Files.readAllLines(cluster.folder().resolve("pgdata/postmaster.pid")).getFirst();
      var stat = Files.readString(Path.of("/proc", pid, "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      var ticks = 0L;
      for (var field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks * 10;
    } catch (IOException e) {
      throw new UncheckedIOException("processor times need Linux", e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
