// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.embedded.ClusterConfig.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
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

  @Test
  void takesAnotherPortWhenTheRememberedOneIsTaken() throws IOException, SQLException {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    int port;
    try (var cluster = Cluster.start(config)) {
      port = cluster.port();
    }
    try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        var cluster = Cluster.start(config)) {
      assertThat(cluster.port()).isNotEqualTo(port);
      assertThat(ask(cluster, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void insistsOnAPortThatTheCallerNames() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var config = ClusterConfig.throwAway(Role.SCRATCH).withPort(taken.getLocalPort());
      assertThatThrownBy(() -> Cluster.start(config))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void showsTheLogWhenItDoesNotStart() {
    var config =
        ClusterConfig.kept(Role.METADATA, home.resolve("metadata"))
            .withSetting("shared_buffers", "it's nonsense");
    assertThatThrownBy(() -> Cluster.start(config))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"it's nonsense\"")
        .hasMessageContaining(home.resolve("metadata/server.log").toString());
    // Nothing is in the way of the next start.
    Cluster.start(ClusterConfig.kept(Role.METADATA, home.resolve("metadata"))).close();
  }

  @Test
  void refusesDataOfAnotherMajorVersion() throws IOException {
    var folder = home.resolve("metadata");
    Cluster.start(ClusterConfig.kept(Role.METADATA, folder)).close();
    Files.writeString(folder.resolve("pgdata/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> Cluster.start(ClusterConfig.kept(Role.METADATA, folder)))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("belongs to PostgreSQL 17")
        .hasMessageContaining("brings PostgreSQL 18");
  }

  @Test
  void refusesDataWithoutItsPassword() throws IOException {
    var folder = home.resolve("metadata");
    Cluster.start(ClusterConfig.kept(Role.METADATA, folder)).close();
    Files.delete(folder.resolve("password"));
    assertThatThrownBy(() -> Cluster.start(ClusterConfig.kept(Role.METADATA, folder)))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(folder.resolve("password").toString());
  }

  @Test
  void keepsItsSecretsToTheUser() throws IOException {
    var folder = home.resolve("metadata");
    Cluster.start(ClusterConfig.kept(Role.METADATA, folder)).close();
    for (var secret : List.of("password", "server.log", "pgdata/plancheck.conf")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(secret)))
          .as(secret)
          .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
    }
    assertThat(folder.resolve("initdb.password")).doesNotExist();
  }

  @Test
  void leavesTheFolderThatTheUserNamesAsItIs() throws IOException {
    Storage.setPermissions(home, "rwxr-x---");
    Cluster.start(ClusterConfig.kept(Role.METADATA, home)).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void closesEvenInAThreadThatWasInterrupted() {
    var cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
    Thread.currentThread().interrupt();
    cluster.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cluster.folder()).doesNotExist();
    assertThatThrownBy(() -> cluster.connect("postgres")).isInstanceOf(SQLException.class);
  }

  @Test
  void closesOnlyOnce() {
    var cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
    cluster.close();
    cluster.close();
    assertThat(cluster.folder()).doesNotExist();
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
