// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Errors;
import dev.plancheck.embedded.Guard;
import dev.plancheck.embedded.HeldFolder;
import dev.plancheck.embedded.NewPassword;
import dev.plancheck.embedded.RunAs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running MySQL or MariaDB of our own on 127.0.0.1, whose root user has a password that nobody
/// else has. Its data are thrown away at the end.
///
/// It ends with [#close], with the JVM, and where there is a shell also when the JVM is killed.
/// Several may be started at once, by several threads and processes. Safe for use by many threads.
public final class MysqlServer implements AutoCloseable {
  private final MysqlProcess process;
  private final HeldFolder held;
  private final MysqlBinaries binaries;
  private final int port;
  private final String password;
  private final Optional<Guard> guard;
  private final Thread exitHook = new Thread(this::end, "plancheck-stop-mysql");
  private final AtomicBoolean ended = new AtomicBoolean();

  private MysqlServer(
      MysqlProcess process, HeldFolder held, MysqlBinaries binaries, int port, String password)
      throws IOException {
    this.process = process;
    this.held = held;
    this.binaries = binaries;
    this.port = port;
    this.password = password;
    var pid =
        process
            .running()
            .orElseThrow(
                () -> new ClusterException("the server in %s has ended".formatted(folder())))
            .pid();
    this.guard =
        Guard.start(new Guard.Guarded(pid, "TERM", process.pidFile(), held.folder(), true));
  }

  /// Starts it and waits until it takes connections: some seconds the first time on a machine, when
  /// its data are made, below 2 s later.
  ///
  /// @throws ClusterException saying why not, with the end of the server's log
  public static MysqlServer start(MysqlConfig config) {
    var runAs = RunAs.detect();
    var home = config.folders().cache().resolve("throw-away-mysql");
    try {
      var held =
          HeldFolder.throwAway(
              home, config.label(), runAs, folder -> new MysqlProcess(folder, runAs).stop());
      return start(config, runAs, held);
    } catch (IOException e) {
      throw MysqlCreation.failed("start a server for " + config.label(), home, e);
    }
  }

  private static MysqlServer start(MysqlConfig config, RunAs runAs, HeldFolder held)
      throws IOException {
    var process = new MysqlProcess(held.folder(), runAs);
    try {
      new MysqlCreation(config.binaries(), runAs)
          .copyTemplate(held.folder(), config.folders().cache());
      var password = NewPassword.random();
      var port = process.start(config, password);
      var server = new MysqlServer(process, held, config.binaries(), port, password);
      Runtime.getRuntime().addShutdownHook(server.exitHook);
      return server;
    } catch (IOException | RuntimeException e) {
      giveUp(process, held, e);
      throw e;
    }
  }

  /// What it left stays, for its log, until the next one is started.
  private static void giveUp(MysqlProcess process, HeldFolder held, Exception cause) {
    try (held) {
      process.stop();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /// For MariaDB's driver, which speaks to both; `database` may be empty.
  public String jdbcUrl(String database) {
    return "jdbc:mariadb://%s:%d/%s?sslMode=disable".formatted(host(), port, database);
  }

  /// A connection as the root user; the caller closes it.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), user(), password);
  }

  public String host() {
    return MysqlProcess.HOST;
  }

  public int port() {
    return port;
  }

  public String user() {
    return MysqlProcess.USER;
  }

  public String password() {
    return password;
  }

  public MysqlBinaries binaries() {
    return binaries;
  }

  public Path folder() {
    return held.folder();
  }

  public Path log() {
    return process.log().file();
  }

  /// Stops the server, hard after some seconds, and deletes its folder.
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
      process.stop();
      held.delete();
      guard.ifPresent(Guard::close);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot stop the server in %s: %s".formatted(folder(), Errors.reason(e)), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
