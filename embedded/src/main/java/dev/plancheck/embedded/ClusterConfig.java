// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What cluster to start: for which role, from which binaries, kept or thrown away.
///
/// `port` 0 chooses a free one, which a kept cluster remembers. `stopOnExit` stops it from a hook
/// of the JVM; a caller with a hook of its own, which still needs the cluster, switches that off.
public record ClusterConfig(
    Role role,
    Lifetime lifetime,
    Folders folders,
    PostgresBinaries binaries,
    int port,
    Map<String, String> settings,
    boolean stopOnExit) {
  /// A label, seen in messages and in the list of processes.
  public enum Role {
    METADATA,
    TENANTS,
    JUDGE,
    SCRATCH;

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// What becomes of the data.
  public sealed interface Lifetime {
    /// Kept in this folder, safe against a crash of the machine.
    record Kept(Path folder) implements Lifetime {
      public Kept {
        folder = folder.toAbsolutePath().normalize();
      }
    }

    /// In a folder in the cache, never written through to the disk, deleted at the end.
    record ThrowAway() implements Lifetime {}
  }

  public ClusterConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: %d (expected: 0..65535)".formatted(port));
    }
    settings = Map.copyOf(settings);
  }

  public static ClusterConfig kept(Role role, Path folder) {
    return of(role, new Lifetime.Kept(folder));
  }

  public static ClusterConfig throwAway(Role role) {
    return of(role, new Lifetime.ThrowAway());
  }

  private static ClusterConfig of(Role role, Lifetime lifetime) {
    return new ClusterConfig(
        role, lifetime, Folders.ofUser(), PostgresBinaries.bundled(), 0, Map.of(), true);
  }

  public ClusterConfig withFolders(Folders folders) {
    return new ClusterConfig(role, lifetime, folders, binaries, port, settings, stopOnExit);
  }

  public ClusterConfig withBinaries(PostgresBinaries binaries) {
    return new ClusterConfig(role, lifetime, folders, binaries, port, settings, stopOnExit);
  }

  public ClusterConfig withPort(int port) {
    return new ClusterConfig(role, lifetime, folders, binaries, port, settings, stopOnExit);
  }

  /// A line of `postgresql.conf`, such as `max_connections` and `300`.
  public ClusterConfig withSetting(String name, String value) {
    var more = new TreeMap<>(settings);
    more.put(name, value);
    return new ClusterConfig(role, lifetime, folders, binaries, port, more, stopOnExit);
  }

  public ClusterConfig withMaxConnections(int connections) {
    return withSetting("max_connections", Integer.toString(connections));
  }

  public ClusterConfig withoutStopOnExit() {
    return new ClusterConfig(role, lifetime, folders, binaries, port, settings, false);
  }
}
