// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One PostgreSQL in one folder: starts and stops it. It knows no locks and no other process of
/// plancheck: its callers hold the folder.
///
/// In the folder: `pgdata`, `server.log`, and the files `password` and `port`.
final class Server {
  static final String HOST = "127.0.0.1";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 10;

  private final Installation installation;
  private final Path folder;
  private final boolean durable;

  Server(Installation installation, Path folder, boolean durable) {
    this.installation = installation;
    this.folder = folder;
    this.durable = durable;
  }

  Path data() {
    return folder.resolve(Creation.DATA);
  }

  ServerLog log() {
    return new ServerLog(folder.resolve("server.log"));
  }

  String version() {
    return installation.version();
  }

  String password() throws IOException {
    return Storage.read(passwordFile());
  }

  /// The process of the running server.
  long pid() throws IOException {
    return Postmaster.in(data())
        .orElseThrow(() -> new ClusterException("PostgreSQL in %s has ended".formatted(folder)))
        .pid();
  }

  boolean isRunning() throws IOException {
    return Postmaster.in(data()).filter(Postmaster::isAlive).isPresent();
  }

  boolean exists() {
    return Files.exists(data());
  }

  /// Refuses data that this server cannot serve.
  void checkData() throws IOException {
    var major = Storage.read(data().resolve("PG_VERSION")).strip();
    if (!major.equals(Integer.toString(installation.majorVersion()))) {
      throw new ClusterException(
          """
          the data in %s belongs to PostgreSQL %s and this plancheck brings PostgreSQL %s: \
          start it with the plancheck that created it, or move the folder away to begin anew\
          """
              .formatted(folder, major, version()));
    }
    if (!Files.exists(passwordFile())) {
      throw new ClusterException(
          """
          %s is missing, and without it the data beside it cannot be opened: \
          put it back, or move the folder away to begin anew\
          """
              .formatted(passwordFile()));
    }
    installation.runAs().checkOwner(data());
  }

  /// Starts the server and answers its port; a wanted port of 0 means the remembered one if it is
  /// free, else any free one.
  int start(int wantedPort, Map<String, String> settings) throws IOException {
    stopLeftover();
    log().prepare(installation.runAs());
    for (var attempt = 1; ; attempt++) {
      var port = wantedPort != 0 ? wantedPort : Ports.choose(portFile());
      writeSettings(port, settings);
      var mark = log().size();
      var answer = pgCtl(START, "start", "-l", log().file().toString());
      if (answer.succeeded()) {
        Storage.writePrivate(portFile(), Integer.toString(port));
        return port;
      }
      var said = log().since(mark);
      if (attempt == ATTEMPTS || !mayHelpToRepeat(said, wantedPort)) {
        throw new ClusterException(
            "PostgreSQL %s does not start in %s: %s%s\nThe end of %s:\n%s"
                .formatted(
                    version(),
                    folder,
                    answer.text(),
                    installation.runAs().hint(),
                    log().file(),
                    said));
      }
    }
  }

  void stop() throws IOException {
    for (var mode : durable ? List.of("fast", "immediate") : List.of("immediate")) {
      var answer = pgCtl(STOP, "stop", "-m", mode);
      if (answer.succeeded() || !isRunning()) {
        return;
      }
    }
    throw new ClusterException(
        "PostgreSQL in %s does not stop; its log: %s".formatted(folder, log().file()));
  }

  /// A server that outlived its plancheck is stopped, not reused: its guard may be about to stop
  /// it, and its settings may be old.
  void stopLeftover() throws IOException {
    if (isRunning()) {
      stop();
    } else {
      Postmaster.removeStale(data());
    }
  }

  private Command.Output pgCtl(Duration limit, String action, String... arguments) {
    var all = new ArrayList<>(List.of(action, "-D", data().toString(), "-s", "-w"));
    all.addAll(List.of("-t", Long.toString(limit.toSeconds())));
    all.addAll(List.of(arguments));
    return installation.run("pg_ctl", all, limit.plus(Duration.ofSeconds(10)));
  }

  private void writeSettings(int port, Map<String, String> settings) throws IOException {
    var all = new TreeMap<>(settings);
    all.put("listen_addresses", HOST);
    all.put("port", Integer.toString(port));
    all.put("unix_socket_directories", "");
    var text = new StringBuilder("# Written anew at each start.\n");
    all.forEach((name, value) ->
        text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    var file = data().resolve(Creation.SETTINGS);
    Storage.writePrivate(file, text.toString());
    installation.runAs().handOver(file);
  }

  /// The port was taken in the meantime, or processes of a killed server are still about to end.
  private boolean mayHelpToRepeat(String log, int wantedPort) {
    if (log.contains("pre-existing shared memory block")) {
      Pause.uninterruptibly(PAUSE);
      return true;
    }
    return wantedPort == 0 && log.contains("could not create any TCP/IP sockets");
  }

  private Path passwordFile() {
    return folder.resolve(Creation.PASSWORD);
  }

  private Path portFile() {
    return folder.resolve("port");
  }
}
