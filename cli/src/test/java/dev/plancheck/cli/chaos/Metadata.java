// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.store.StorageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// The database that servers share, which can be killed and comes back with what it had.
final class Metadata implements AutoCloseable {
  private final ClusterConfig config;
  private Cluster cluster;

  private Metadata(ClusterConfig config) {
    this.config = config;
    this.cluster = Cluster.start(config);
  }

  static Metadata start(Path folder) {
    return new Metadata(ClusterConfig.kept(ClusterConfig.Role.METADATA, folder));
  }

  /// As a server is told it.
  String url() {
    return "postgresql://%s:%s@%s:%d/postgres"
        .formatted(cluster.user(), cluster.password(), cluster.host(), cluster.port());
  }

  StorageConfig config() {
    return StorageConfig.parse(url());
  }

  Path data() {
    return cluster.folder().resolve("pgdata");
  }

  /// Ends all its processes at once, as a crash of its machine does.
  void kill() throws IOException, InterruptedException {
    var postmaster = ProcessHandle.of(Signals.postmaster(data())).orElseThrow();
    var backends = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    backends.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
    for (var backend : backends) {
      backend.onExit().join();
    }
  }

  /// Starts it again on the same port.
  void restart() {
    var port = cluster.port();
    cluster.close();
    cluster = Cluster.start(config.withPort(port));
  }

  /// Stops it in good order, for the files to be changed, until [#restart].
  void stop() {
    cluster.close();
  }

  long number(String sql) {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String text(String sql) {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
