// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Command;
import dev.plancheck.embedded.Pause;
import dev.plancheck.embedded.Ports;
import dev.plancheck.embedded.RunAs;
import dev.plancheck.embedded.ServerLog;
import dev.plancheck.embedded.Storage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One server in one folder: starts and stops it. It knows no locks and no other process of
/// plancheck: its callers hold the folder.
///
/// In the folder: `data`, `tmp`, `server.log`, `init.sql`, and `server.pid`, which the server
/// writes and, when it ends in order, deletes.
record MysqlProcess(Path folder, RunAs runAs) {
  static final String HOST = "127.0.0.1";
  static final String USER = "root";

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int ATTEMPTS = 10;

  /// Little memory, and nothing that makes data safe, because they are thrown away.
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("skip-name-resolve", ""),
          Map.entry("default-time-zone", "+00:00"),
          Map.entry("performance-schema", "OFF"),
          Map.entry("innodb-buffer-pool-size", "32M"),
          Map.entry("innodb-buffer-pool-load-at-startup", "OFF"),
          Map.entry("innodb-buffer-pool-dump-at-shutdown", "OFF"),
          Map.entry("innodb-flush-log-at-trx-commit", "0"),
          Map.entry("innodb-doublewrite", "OFF"),
          // Several servers at once would exceed what the system grants of it.
          Map.entry("innodb-use-native-aio", "OFF"),
          Map.entry("sync-binlog", "0"));

  /// Only over TCP, only from this machine; MySQL 8 would listen at a second port.
  private static final Map<String, String> OF_NETWORK =
      Map.of("bind-address", HOST, "socket", "", "loose-mysqlx", "OFF");

  /// Root may run a server as root, where nothing else is allowed.
  static List<String> wrap(List<String> command, RunAs runAs) {
    if (runAs instanceof RunAs.Refused) {
      var all = new ArrayList<>(command);
      all.add("--user=root");
      return all;
    }
    return runAs.wrap(command);
  }

  /// Starts the server with this password for its root user and answers its port.
  int start(MysqlConfig config, String password) throws IOException {
    log().prepare(runAs);
    writeInitFile(config.binaries(), password);
    var temporary = MysqlCreation.temporary(folder, runAs);
    for (var attempt = 1; ; attempt++) {
      var port = Ports.any();
      var mark = log().size();
      var process = launch(command(config, port, temporary));
      if (isUp(process, port)) {
        return port;
      }
      process.destroyForcibly();
      stop();
      var said = log().since(mark);
      if (attempt == ATTEMPTS || !said.contains("Address already in use")) {
        throw new ClusterException(
            "%s (%s) does not start in %s%s\nThe end of %s:\n%s"
                .formatted(
                    config.binaries().program(),
                    config.binaries().version(),
                    folder,
                    runAs instanceof RunAs.Self ? "" : ", run as " + runAs,
                    log().file(),
                    said));
      }
    }
  }

  /// In order, or hard if that takes too long.
  void stop() throws IOException {
    var running = running();
    if (running.isEmpty()) {
      return;
    }
    running.get().destroy();
    if (!endsWithin(STOP)) {
      running().ifPresent(ProcessHandle::destroyForcibly);
      if (!endsWithin(STOP)) {
        throw new ClusterException(
            "the server in %s does not stop; its log: %s".formatted(folder, log().file()));
      }
    }
  }

  /// The server of this folder, if it runs.
  Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    var text = Storage.read(pidFile()).strip();
    return text.matches("\\d{1,9}")
        ? ProcessHandle.of(Long.parseLong(text)).filter(this::isOurs)
        : Optional.empty();
  }

  Path pidFile() {
    return folder.resolve("server.pid");
  }

  ServerLog log() {
    return new ServerLog(folder.resolve("server.log"));
  }

  private Path data() {
    return folder.resolve(MysqlCreation.DATA);
  }

  /// Its number may meanwhile belong to another program; one that has ended and that nobody has
  /// asked about yet still exists, without arguments.
  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .filter(all -> Arrays.asList(all).contains("--datadir=" + data()))
        .isPresent();
  }

  private boolean endsWithin(Duration limit) throws IOException {
    var end = System.nanoTime() + limit.toNanos();
    while (running().isPresent()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Pause.uninterruptibly(PAUSE);
    }
    return true;
  }

  private Process launch(List<String> command) throws IOException {
    var log = log().file().toFile();
    var builder =
        new ProcessBuilder(wrap(command, runAs))
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    Command.clean(builder);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private boolean isUp(Process process, int port) throws IOException {
    var end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      // Whoever answers at the port must be this server.
      if (running().isPresent() && Greeting.isGiven(HOST, port)) {
        return true;
      }
      Pause.uninterruptibly(PAUSE);
    }
    return false;
  }

  private List<String> command(MysqlConfig config, int port, String temporary) {
    var binaries = config.binaries();
    var command = new ArrayList<String>();
    command.add(binaries.program().toString());
    command.add("--no-defaults");
    command.add("--basedir=" + binaries.base());
    command.add("--datadir=" + data());
    command.add(temporary);
    command.addAll(MysqlCreation.OF_FILES);
    var options = new TreeMap<>(OPTIONS);
    // As the server itself takes them for the same.
    config.options().forEach((name, value) -> options.put(name.replace('_', '-'), value));
    options.putAll(OF_NETWORK);
    options.forEach((name, value) ->
        command.add(
            value.isEmpty() && !name.equals("socket") ? "--" + name : "--" + name + "=" + value));
    command.add("--port=" + port);
    command.add("--pid-file=" + pidFile());
    command.add("--init-file=" + initFile());
    return command;
  }

  /// Run at each start before anybody is let in. A server that resolves no names knows its clients
  /// by address only, so that this is the one account that can come in; MariaDB's template has it
  /// already, without a password.
  private void writeInitFile(MysqlBinaries binaries, String password) throws IOException {
    var account = "'%s'@'%s'".formatted(USER, HOST);
    var by = (binaries.isMariadb() ? "BY '%s'" : "WITH mysql_native_password BY '%s'");
    Storage.writePrivate(
        initFile(),
        """
        CREATE USER IF NOT EXISTS %1$s IDENTIFIED %2$s;
        ALTER USER %1$s IDENTIFIED %2$s;
        GRANT ALL PRIVILEGES ON *.* TO %1$s WITH GRANT OPTION;
        """
            .formatted(account, by.formatted(password)));
    runAs.handOver(initFile());
  }

  private Path initFile() {
    return folder.resolve("init.sql");
  }
}
