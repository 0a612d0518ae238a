// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.embedded.ClusterConfig.Role;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterTest {
  @TempDir private Path home;

  @Test
  void answersOnLoopbackAndIsGoneAfterClose() throws SQLException {
    var cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
    try (cluster) {
      assertThat(ask(cluster, "SELECT current_setting('server_version')"))
          .isEqualTo(cluster.version())
          .startsWith("18.");
      assertThat(ask(cluster, "SELECT current_setting('listen_addresses')")).isEqualTo("127.0.0.1");
      assertThat(ask(cluster, "SELECT current_setting('unix_socket_directories')")).isEmpty();
      assertThat(ask(cluster, "SELECT current_setting('fsync')")).isEqualTo("off");
      assertThat(cluster.port()).isBetween(1024, 32_767);
    }
    assertThat(cluster.folder()).doesNotExist();
    assertThatThrownBy(() -> cluster.connect("postgres")).isInstanceOf(SQLException.class);
  }

  @Test
  void keepsDataPortAndPassword() throws SQLException {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    int port;
    String password;
    try (var cluster = Cluster.start(config)) {
      port = cluster.port();
      password = cluster.password();
      assertThat(ask(cluster, "SELECT current_setting('fsync')")).isEqualTo("on");
      assertThat(ask(cluster, "SELECT current_setting('synchronous_commit')")).isEqualTo("on");
      execute(cluster, "CREATE TABLE book (title text)");
    }
    try (var cluster = Cluster.start(config.withMaxConnections(37))) {
      assertThat(ask(cluster, "SELECT count(*) FROM book")).isEqualTo("0");
      assertThat(ask(cluster, "SELECT current_setting('max_connections')")).isEqualTo("37");
      assertThat(cluster.port()).isEqualTo(port);
      assertThat(cluster.password()).isEqualTo(password);
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    try (var cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH))) {
      var url = cluster.jdbcUrl("postgres");
      assertThatThrownBy(() -> DriverManager.getConnection(url, cluster.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void startsSeveralAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 3)
              .mapToObj(
                  _ -> threads.submit(() -> Cluster.start(ClusterConfig.throwAway(Role.SCRATCH))))
              .toList();
      for (var start : starts) {
        try (var cluster = start.get()) {
          assertThat(ask(cluster, "SELECT 1")).isEqualTo("1");
        }
      }
    }
  }

  @Test
  void refusesAFolderThatIsInUse() {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    try (var _ = Cluster.start(config)) {
      assertThatThrownBy(() -> Cluster.start(config))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining(home.resolve("metadata").toString())
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }
  }

  static String ask(Cluster cluster, String query) throws SQLException {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  static void execute(Cluster cluster, String sql) throws SQLException {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
