// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import dev.plancheck.embedded.ClusterConfig.Lifetime;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running PostgreSQL of our own on 127.0.0.1, with a superuser whose password nobody else has.
///
/// It ends with [#close], with the JVM, and where there is a shell also when the JVM is killed.
/// Several may be started at once, by several threads and processes. Safe for use by many threads.
public final class Cluster implements AutoCloseable {
  private final Server server;
  private final HeldFolder held;
  private final boolean durable;
  private final int port;
  private final String password;
  private final Optional<Guard> guard;
  private final Thread exitHook = new Thread(this::end, "plancheck-stop-cluster");
  private final AtomicBoolean ended = new AtomicBoolean();

  private Cluster(Server server, HeldFolder held, boolean durable, int port) throws IOException {
    this.server = server;
    this.held = held;
    this.durable = durable;
    this.port = port;
    this.password = server.password();
    this.guard =
        Guard.start(
            new Guard.Guarded(
                server.pid(),
                durable ? "INT" : "QUIT",
                Postmaster.file(server.data()),
                held.folder(),
                !durable));
  }

  /// Starts it and waits until it takes connections: about 3 s the first time on a machine, when
  /// the binaries are unpacked, below 1 s later.
  ///
  /// @throws ClusterException saying why not, with the end of the server's log
  public static Cluster start(ClusterConfig config) {
    return start(config, RunAs.detect());
  }

  static Cluster start(ClusterConfig config, RunAs runAs) {
    var cache = config.folders().cache();
    var installation = Installation.of(config.binaries(), cache, runAs);
    var durable = config.lifetime() instanceof Lifetime.Kept;
    try {
      var held =
          switch (config.lifetime()) {
            case Lifetime.Kept(var folder) -> HeldFolder.kept(folder, runAs);
            case Lifetime.ThrowAway _ ->
                HeldFolder.throwAway(
                    cache.resolve("throw-away"),
                    config.role().label(),
                    runAs,
                    folder -> new Server(installation, folder, false).stopLeftover());
          };
      var server = new Server(installation, held.folder(), durable);
      return start(config, new Creation(installation), server, held);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot start PostgreSQL for %s: %s. %s"
              .formatted(config.role().label(), Errors.reason(e), Errors.OTHER_FOLDER),
          e);
    }
  }

  private static Cluster start(
      ClusterConfig config, Creation creation, Server server, HeldFolder held) throws IOException {
    var durable = config.lifetime() instanceof Lifetime.Kept;
    try {
      switch (config.lifetime()) {
        case Lifetime.Kept _ when server.exists() -> server.checkData();
        case Lifetime.Kept _ -> creation.initialise(held.folder(), true);
        case Lifetime.ThrowAway _ -> creation.copyTemplate(held.folder(), config.folders().cache());
      }
      var port = server.start(config.port(), settings(config, durable));
      var cluster = new Cluster(server, held, durable, port);
      if (config.stopOnExit()) {
        Runtime.getRuntime().addShutdownHook(cluster.exitHook);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      giveUp(server, held, e);
      throw e;
    }
  }

  /// What a throw-away cluster left stays, for its log, until the next one is started.
  private static void giveUp(Server server, HeldFolder held, Exception cause) {
    try (held) {
      server.stopLeftover();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /// `jdbc:postgresql://127.0.0.1:PORT/DATABASE`; the database `postgres` exists from the start.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(Server.HOST, port, database);
  }

  /// A connection as the superuser; the caller closes it.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), user(), password);
  }

  public String host() {
    return Server.HOST;
  }

  public int port() {
    return port;
  }

  public String user() {
    return Creation.SUPERUSER;
  }

  public String password() {
    return password;
  }

  /// Such as `18.6`.
  public String version() {
    return server.version();
  }

  public Path folder() {
    return held.folder();
  }

  public Path log() {
    return server.log().file();
  }

  /// Stops the server; a throw-away cluster's folder is deleted.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook may be running, and whoever comes first does the work.
    }
    end();
  }

  private void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    // Whoever was interrupted closes what it opened, and must be able to.
    var interrupted = Thread.interrupted();
    try (held) {
      server.stop();
      if (!durable) {
        held.delete();
      }
      guard.ifPresent(Guard::close);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot stop PostgreSQL in %s: %s".formatted(held.folder(), Errors.reason(e)), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, String> settings(ClusterConfig config, boolean durable) {
    var settings = new TreeMap<String, String>();
    settings.put("cluster_name", "plancheck-" + config.role().label());
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("fsync", durable ? "on" : "off");
    settings.put("synchronous_commit", durable ? "on" : "off");
    settings.put("full_page_writes", durable ? "on" : "off");
    if (!durable) {
      settings.put("wal_level", "minimal");
      settings.put("max_wal_senders", "0");
    }
    settings.putAll(config.settings());
    return settings;
  }
}
