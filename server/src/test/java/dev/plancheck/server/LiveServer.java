// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.http.HttpConfig;
import dev.plancheck.store.StorageConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// All rooms over throw-away PostgreSQL servers: one holds the metadata, another is the customer's.
final class LiveServer implements AutoCloseable {
  static final Folders FOLDERS = Folders.ofUser();

  final Path data;
  final Cluster metadata;
  final Cluster customer;
  final PlancheckServer server;
  final Rest rest;
  private final RunSettings runs;
  private final Map<String, String> environment;

  LiveServer(RunSettings runs, Map<String, String> environment) throws IOException {
    this(
        runs,
        environment,
        temporaryFolder(),
        Cluster.start(ClusterConfig.throwAway(Role.SCRATCH)),
        Cluster.start(ClusterConfig.throwAway(Role.TENANTS)));
  }

  private LiveServer(
      RunSettings runs,
      Map<String, String> environment,
      Path data,
      Cluster metadata,
      Cluster customer)
      throws IOException {
    this.runs = runs;
    this.environment = environment;
    this.data = data;
    this.metadata = metadata;
    this.customer = customer;
    this.server =
        PlancheckServer.open(
            ServerConfig.of("test", FOLDERS, environment)
                .withHttp(HttpConfig.onPort(0))
                .withDataFolder(data)
                .withRuns(runs)
                .withMetadata(
                    new ServerConfig.Metadata.At(
                        StorageConfig.of(
                            metadata.jdbcUrl("postgres"), metadata.user(), metadata.password()))));
    this.rest = new Rest(server.url());
  }

  /// Stops this server and starts another one on what it left; this one is not used any more.
  LiveServer restarted() throws IOException {
    rest.close();
    server.close();
    return new LiveServer(runs, environment, data, metadata, customer);
  }

  /// Runs SQL on the customer's server.
  void execute(String database, String sql) throws SQLException {
    try (var connection = customer.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  <T> T grpc(Class<T> stub) {
    return GrpcClients.newClient("gproto+" + server.url(), stub);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("plancheck-server-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    rest.close();
    server.close();
    customer.close();
    metadata.close();
  }
}
