// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.NewPassword;
import dev.plancheck.embedded.mysql.MysqlConfig;
import dev.plancheck.embedded.mysql.MysqlServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Two servers of one kind, of which the second repeats what the first does. Each pair is a pair of
/// new servers; the caller closes it.
public record ReplicaPair(MysqlServer primary, MysqlServer replica) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Starts them and waits until replication runs.
  public static ReplicaPair start(MysqlServers kind) throws SQLException, InterruptedException {
    return start(kind, Map.of());
  }

  /// The same, with these options for the replica, such as `log_slave_updates` and `OFF`.
  public static ReplicaPair start(MysqlServers kind, Map<String, String> ofReplica)
      throws SQLException, InterruptedException {
    var primary = MysqlServer.start(kind.config("primary"));
    try {
      var replica = MysqlServer.start(configOfReplica(kind, ofReplica));
      var pair = new ReplicaPair(primary, replica);
      try {
        pair.replicate();
        return pair;
      } catch (SQLException | InterruptedException | RuntimeException | AssertionError e) {
        replica.close();
        throw e;
      }
    } catch (SQLException | InterruptedException | RuntimeException | AssertionError e) {
      primary.close();
      throw e;
    }
  }

  private static MysqlConfig configOfReplica(MysqlServers kind, Map<String, String> options) {
    var config =
        kind.config("replica")
            .withOption("server-id", "2")
            .withOption("log-slave-updates", "ON")
            .withOption("report-host", "127.0.0.1");
    for (var option : options.entrySet()) {
      config = config.withOption(option.getKey().replace('_', '-'), option.getValue());
    }
    return config;
  }

  /// Waits until the replica has done all that the primary has done so far.
  public void catchUp() throws SQLException, InterruptedException {
    var there = row(primary, "SHOW MASTER STATUS");
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!isAt(there, row(replica, "SHOW SLAVE STATUS"))) {
      assertThat(System.nanoTime())
          .as("the replica is not there after %s", PATIENCE)
          .isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }

  private void replicate() throws SQLException, InterruptedException {
    var password = NewPassword.random();
    var with = primary.binaries().isMariadb() ? "" : "WITH mysql_native_password ";
    MysqlServers.execute(
        primary,
        "",
        "CREATE USER 'replica'@'127.0.0.1' IDENTIFIED %sBY '%s'".formatted(with, password),
        "GRANT REPLICATION SLAVE ON *.* TO 'replica'@'127.0.0.1'");
    // From here on, because both have made their own root user before.
    var from = row(primary, "SHOW MASTER STATUS");
    MysqlServers.execute(
        replica,
        "",
        """
        CHANGE MASTER TO MASTER_HOST = '%s', MASTER_PORT = %d, MASTER_USER = 'replica',
          MASTER_PASSWORD = '%s', MASTER_LOG_FILE = '%s', MASTER_LOG_POS = %s,
          MASTER_CONNECT_RETRY = 1
        """
            .formatted(
                primary.host(), primary.port(), password, from.get("file"), from.get("position")),
        "START SLAVE");
    var end = System.nanoTime() + PATIENCE.toNanos();
    for (var status = row(replica, "SHOW SLAVE STATUS"); !isRunning(status); ) {
      assertThat(System.nanoTime()).as("not replicating: %s", status).isLessThan(end);
      Thread.sleep(20);
      status = row(replica, "SHOW SLAVE STATUS");
    }
  }

  private static boolean isRunning(Map<String, String> status) {
    return "Yes".equals(status.get("slave_io_running"))
        && "Yes".equals(status.get("slave_sql_running"));
  }

  private static boolean isAt(Map<String, String> primary, Map<String, String> replica) {
    return primary.getOrDefault("file", "?").equals(replica.get("relay_master_log_file"))
        && primary.getOrDefault("position", "?").equals(replica.get("exec_master_log_pos"));
  }

  /// The only row, by the names of its columns in small letters.
  private static Map<String, String> row(MysqlServer server, String sql) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).as(sql).isTrue();
      var row = new TreeMap<String, String>();
      var columns = rows.getMetaData();
      for (var column = 1; column <= columns.getColumnCount(); column++) {
        row.put(
            columns.getColumnLabel(column).toLowerCase(java.util.Locale.ROOT),
            String.valueOf(rows.getString(column)));
      }
      return row;
    }
  }
}
