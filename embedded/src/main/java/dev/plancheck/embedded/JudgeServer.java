// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// One shared server for judging, in a folder of its own: `users` holds a file for each use of it,
/// named after the process; `open` exists while it takes new users; `keeper` names the process that
/// stops it when nobody uses it any more.
///
/// A user writes its file and then looks for `open`; the keeper takes `open` away and then looks
/// for users. So one of them sees the other, without a lock, which a shell could not share with us.
record JudgeServer(Installation installation, Path folder) {
  /// How the names of their folders begin.
  static final String PREFIX = "server-";

  private static final String OPEN = "open";
  private static final String USERS = "users";
  private static final String KEEPER = "keeper";
  private static final String JUDGE_PASSWORD = "judge-password";

  /// A use of the server that ends with [#close], or with the process.
  record Use(JudgeServer server, String url, String password, Path file) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The server is gone with its folder, or the keeper sees that this process is.
      }
    }
  }

  /// Starts a new server in a new folder of `home`.
  static JudgeServer start(Installation installation, Path home, Path cache) throws IOException {
    var folder = Files.createTempDirectory(home, PREFIX);
    Storage.closeToOthers(folder, installation.runAs());
    Files.createDirectory(folder.resolve(USERS));
    new Creation(installation).copyTemplate(folder, cache);
    var judge = new JudgeServer(installation, folder);
    try {
      judge.start();
      return judge;
    } catch (IOException | RuntimeException e) {
      judge.server().stopLeftover();
      throw e;
    }
  }

  /// Empty if it has stopped or is about to.
  Optional<Use> use() throws IOException {
    var users = folder.resolve(USERS);
    if (!Files.isDirectory(users)) {
      return Optional.empty();
    }
    var pid = ProcessHandle.current().pid();
    var file = Files.createFile(users.resolve(pid + "-" + UUID.randomUUID()));
    var running = Postmaster.in(server().data()).filter(Postmaster::isAlive);
    if (running.isEmpty() || !Files.exists(folder.resolve(OPEN))) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    return Optional.of(
        new Use(
            this, url(running.get().port()), Storage.read(folder.resolve(JUDGE_PASSWORD)), file));
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  boolean isUsed() throws IOException {
    if (!Files.isDirectory(folder.resolve(USERS))) {
      return false;
    }
    try (var users = Files.list(folder.resolve(USERS))) {
      return users.anyMatch(
          user -> isAlive(String.valueOf(user.getFileName()).replaceFirst("-.*", "")));
    }
  }

  /// Whether a process will stop it one day.
  boolean isKept() throws IOException {
    var file = folder.resolve(KEEPER);
    return Files.exists(file) && isAlive(Storage.read(file));
  }

  void keep(JudgeKeeper keeper) throws IOException {
    var pid = keeper.watch(folder, server().pid());
    Storage.writePrivate(folder.resolve(KEEPER), Long.toString(pid));
  }

  /// Stops and deletes what no keeper will; the caller makes sure that nobody is about to start it.
  void remove() throws IOException {
    server().stopLeftover();
    Storage.deleteTree(folder);
  }

  private void start() throws IOException {
    var port = server().start(0, JudgeRole.SERVER_SETTINGS);
    var password = NewPassword.random();
    var superuser = server().password();
    try (var connection = DriverManager.getConnection(url(port), Creation.SUPERUSER, superuser)) {
      JudgeRole.create(connection, password);
    } catch (SQLException e) {
      throw new ClusterException(
          "cannot prepare the judge in %s: %s".formatted(folder, e.getMessage()), e);
    }
    Storage.writePrivate(folder.resolve(JUDGE_PASSWORD), password);
    Files.createFile(folder.resolve(OPEN));
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  private Server server() {
    return new Server(installation, folder, false);
  }

  private static String url(int port) {
    return "jdbc:postgresql://%s:%d/%s".formatted(Server.HOST, port, JudgeRole.DATABASE);
  }
}
