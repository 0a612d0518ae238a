// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/// A server that is asked about syntax and nothing else. All processes of a user share it: the
/// first that needs it starts it, and it stops a minute after the last has gone. Where there is no
/// shell to watch over it, each process has one of its own.
///
/// Its account is no superuser, owns nothing and begins its transactions read-only. Closing gives
/// up the use. Safe for use by many threads.
public final class JudgeCluster implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final String url;
  private final String password;
  private final String version;
  private final Path folder;
  private final Runnable giveUp;

  private JudgeCluster(String url, String password, String version, Path folder, Runnable giveUp) {
    this.url = url;
    this.password = password;
    this.version = version;
    this.folder = folder;
    this.giveUp = giveUp;
  }

  /// At once when the server runs; else about 1 s, and 3 s the first time on a machine.
  ///
  /// @throws ClusterException saying why there is none
  public static JudgeCluster open(Folders folders) {
    return JudgeKeeper.isPossible()
        ? shared(folders, PostgresBinaries.bundled(), IDLE)
        : ownOfThisProcess(folders);
  }

  static JudgeCluster shared(Folders folders, PostgresBinaries binaries, Duration idle) {
    var cache = folders.cache();
    var installation = Installation.of(binaries, cache, RunAs.detect());
    try {
      var use = new JudgeHome(installation, cache, idle).use();
      return new JudgeCluster(
          use.url(), use.password(), installation.version(), use.server().folder(), use::close);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot start the judge of syntax in %s: %s. %s"
              .formatted(cache, Errors.reason(e), Errors.OTHER_FOLDER),
          e);
    }
  }

  static JudgeCluster ownOfThisProcess(Folders folders) {
    var config = ClusterConfig.throwAway(ClusterConfig.Role.JUDGE).withFolders(folders);
    for (var setting : JudgeRole.SERVER_SETTINGS.entrySet()) {
      config = config.withSetting(setting.getKey(), setting.getValue());
    }
    var cluster = Cluster.start(config);
    try (var connection = cluster.connect(JudgeRole.DATABASE)) {
      var password = NewPassword.random();
      JudgeRole.create(connection, password);
      return new JudgeCluster(
          cluster.jdbcUrl(JudgeRole.DATABASE),
          password,
          cluster.version(),
          cluster.folder(),
          cluster::close);
    } catch (SQLException e) {
      cluster.close();
      throw new ClusterException("cannot prepare the judge of syntax: " + e.getMessage(), e);
    }
  }

  public String jdbcUrl() {
    return url;
  }

  public String user() {
    return JudgeRole.NAME;
  }

  /// Who may create databases on it, and drop its own, with the same password.
  public String builder() {
    return JudgeRole.BUILDER;
  }

  public String password() {
    return password;
  }

  /// Such as `18.6`.
  public String version() {
    return version;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    giveUp.run();
  }
}
