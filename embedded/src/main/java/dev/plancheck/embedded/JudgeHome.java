// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import dev.plancheck.embedded.JudgeServer.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of this machine's shared judges; the file `current` names the one to use.
///
/// A cache may be shared with machines and containers whose processes cannot be seen from here. So
/// each has a folder of its own, and one that has shown no sign of life for a day is deleted.
record JudgeHome(Installation installation, Path cache, Duration idle) {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeHome.class);
  private static final Duration FORGOTTEN = Duration.ofDays(1);
  private static final String CURRENT = "current";
  private static final String LOCK = "lock";
  private static final String HEARTBEAT = "heartbeat";

  /// Changes with the roles of a server, so that no process finds one without the role it needs.
  private static final String LAYOUT = "2";

  /// Of the running server if there is one, else of a new one; one process at a time decides.
  Use use() throws IOException {
    var home = home();
    Storage.createPrivateFolder(home, installation.runAs());
    try (var _ = FolderLock.acquire(home.resolve(LOCK))) {
      Files.write(home.resolve(HEARTBEAT), new byte[0]);
      var running = useCurrent();
      if (running.isPresent()) {
        return running.get();
      }
      sweep(home);
      sweepForgotten();
      return useAnother();
    }
  }

  private Optional<Use> useCurrent() throws IOException {
    var current = home().resolve(CURRENT);
    if (!Files.exists(current)) {
      return Optional.empty();
    }
    var server = new JudgeServer(installation, home().resolve(Storage.read(current)));
    var use = server.use();
    if (use.isPresent() && !server.isKept()) {
      server.keep(keeper());
    }
    return use;
  }

  private Use useAnother() throws IOException {
    var server = JudgeServer.start(installation, home(), cache);
    server.keep(keeper());
    Storage.writePrivate(home().resolve(CURRENT), server.name());
    return server
        .use()
        .orElseThrow(
            () -> new ClusterException("the judge in %s has ended".formatted(server.folder())));
  }

  /// What is left of processes that were killed while they started or kept a server.
  private void sweep(Path home) throws IOException {
    try (var folders = Files.newDirectoryStream(home, JudgeServer.PREFIX + "*")) {
      for (var folder : folders) {
        var server = new JudgeServer(installation, folder);
        try {
          if (!server.isKept() && !server.isUsed()) {
            server.remove();
          }
        } catch (IOException | ClusterException e) {
          LOG.warn("cannot remove the judge in {}, which a killed process left", folder, e);
        }
      }
    }
  }

  private void sweepForgotten() throws IOException {
    try (var homes = Files.list(cache.resolve("judge"))) {
      for (var other : homes.toList()) {
        var sign = other.resolve(HEARTBEAT);
        try {
          var seen = Files.getLastModifiedTime(Files.exists(sign) ? sign : other).toInstant();
          if (seen.isBefore(Instant.now().minus(FORGOTTEN))) {
            Storage.deleteTree(other);
          }
        } catch (IOException e) {
          LOG.warn("cannot remove the forgotten judge in {}", other, e);
        }
      }
    }
  }

  private JudgeKeeper keeper() {
    return new JudgeKeeper(idle, home().resolve(HEARTBEAT));
  }

  private Path home() {
    return cache.resolve("judge").resolve(machine() + "-" + installation.name() + "-" + LAYOUT);
  }

  /// Tells apart whose processes and ports cannot see each other.
  private static String machine() {
    var name = new StringBuilder();
    try {
      name.append(Storage.read(Path.of("/proc/sys/kernel/hostname")));
      name.append(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
    } catch (IOException e) {
      name.append(System.getenv().getOrDefault("HOSTNAME", "local"));
    }
    return "%08x".formatted(name.toString().hashCode());
  }
}
