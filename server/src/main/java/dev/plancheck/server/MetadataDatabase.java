// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.store.StorageConfig;

/// The database of a server's metadata, for commands that work on it while no server does: the
/// operator's, or the embedded one of the data folder, which is started and kept from servers.
public final class MetadataDatabase implements AutoCloseable {
  private final StorageConfig storage;
  private final Closing closing;

  private MetadataDatabase(StorageConfig storage, Closing closing) {
    this.storage = storage;
    this.closing = closing;
  }

  /// Throws [dev.plancheck.checks.ApiException] when the data folder is taken, and
  /// [dev.plancheck.embedded.ClusterException] when the embedded database cannot be started.
  public static MetadataDatabase open(ServerConfig config) {
    var closing = new Closing();
    var complete = false;
    try {
      var storage =
          switch (config.metadata()) {
            case ServerConfig.Metadata.At(var database) -> database;
            case ServerConfig.Metadata.Embedded _ ->
                embedded(config, closing.add(DataFolder.hold(config.dataFolder())), closing);
          };
      complete = true;
      return new MetadataDatabase(storage, closing);
    } finally {
      if (!complete) {
        closing.close();
      }
    }
  }

  /// Not stopped by a hook of its own: storage needs it until it is closed.
  static StorageConfig embedded(ServerConfig config, DataFolder data, Closing closing) {
    var cluster =
        closing.add(
            Cluster.start(
                ClusterConfig.kept(ClusterConfig.Role.METADATA, data.metadata())
                    .withFolders(config.folders())
                    .withoutStopOnExit()));
    return StorageConfig.of(cluster.jdbcUrl("postgres"), cluster.user(), cluster.password());
  }

  public StorageConfig storage() {
    return storage;
  }

  @Override
  public void close() {
    closing.close();
  }
}
