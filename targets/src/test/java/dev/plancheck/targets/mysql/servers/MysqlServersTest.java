// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.embedded.mysql.NoServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The servers that other tests rely on: they are there, are what they say, and leave nothing.
@Timeout(120)
final class MysqlServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void answersOnLoopbackWithItsVersion(MysqlServers kind) throws SQLException {
    var version = kind.query("", "SELECT version()");
    switch (kind) {
      case MYSQL_57 -> assertThat(version).startsWith("5.7.22");
      case MYSQL_80 -> assertThat(version).startsWith("8.0.15");
      case MARIADB -> assertThat(version).contains("MariaDB").startsWith(kind.binaries().version());
    }
    assertThat(kind.port()).isBetween(1024, 32_767);
    assertThat(kind.query("", "SELECT @@bind_address")).isEqualTo("127.0.0.1");
    assertThat(kind.query("", "SELECT @@log_bin")).isEqualTo("1");
    assertThat(kind.query("", "SELECT @@binlog_format")).isEqualTo("ROW");
  }

  /// Else another server that starts would delete temporary tables of this one.
  @ParameterizedTest
  @EnumSource
  void hasAFolderOfItsOwnForTemporaryTables(MysqlServers kind) throws SQLException {
    assertThat(kind.query("", "SELECT @@tmpdir"))
        .isEqualTo(kind.server().folder().resolve("tmp").toString());
  }

  @ParameterizedTest
  @EnumSource
  void makesDatabasesOfItsOwn(MysqlServers kind) throws SQLException {
    var one = kind.freshDatabase("CREATE TABLE book (id int)", "INSERT INTO book VALUES (7)");
    var other = kind.freshDatabase("CREATE TABLE book (id int)");
    assertThat(kind.query(one, "SELECT id FROM book")).isEqualTo("7");
    assertThat(kind.query(other, "SELECT id FROM book")).isEqualTo("no row");
  }

  @ParameterizedTest
  @EnumSource
  void letsNobodyInWithoutThePassword(MysqlServers kind) {
    for (var password : new String[] {"", "guess"}) {
      var url = kind.server().jdbcUrl("");
      assertThatThrownBy(() -> DriverManager.getConnection(url, kind.user(), password))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Access denied");
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesOptionsAndIsGoneAfterClose(MysqlServers kind) throws Exception {
    var server =
        MysqlServer.start(
            kind.config("own")
                .withOption("sql_mode", "ANSI")
                .withOption("performance_schema", "ON"));
    long pid;
    try (server) {
      pid = OtherJvm.pid(server.folder());
      assertThat(ProcessHandle.of(pid)).isPresent();
      assertThat(MysqlServers.query(server, "", "SELECT @@sql_mode")).contains("ANSI");
      assertThat(MysqlServers.query(server, "", "SELECT @@performance_schema")).isEqualTo("1");
    }
    assertThat(ProcessHandle.of(pid).filter(one -> one.info().arguments().isPresent())).isEmpty();
    assertThat(server.folder()).doesNotExist();
    assertThatThrownBy(() -> server.connect("")).isInstanceOf(SQLException.class);
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aKilledJvmLeavesNoServerAndNoFolder(MysqlServers kind) throws Exception {
    assertThat(kind.binaries().version()).isNotEmpty();
    var other = OtherJvm.start(kind);
    assertThat(other.server()).isPresent();
    other.kill();
    eventually(() -> other.server().isEmpty());
    eventually(() -> !Files.exists(other.folder()));
  }

  @Test
  void theNextStartSweepsWhatNobodyGuarded() throws Exception {
    var config = MysqlServers.MARIADB.config("next");
    var other = OtherJvm.start(MysqlServers.MARIADB);
    other.killGuards();
    other.kill();
    assertThat(other.server()).isPresent();
    MysqlServer.start(config).close();
    assertThat(other.server()).isEmpty();
    assertThat(other.folder()).doesNotExist();
  }

  @Test
  void showsTheLogWhenItDoesNotStart() {
    var config = MysqlServers.MARIADB.config("wrong").withOption("binlog-format", "NONSENSE");
    assertThatThrownBy(() -> MysqlServer.start(config))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("does not start in")
        .hasMessageContaining("server.log")
        .hasMessageContaining("NONSENSE");
  }

  @ParameterizedTest
  @EnumSource
  void aReplicaRepeatsWhatItsPrimaryDoes(MysqlServers kind) throws Exception {
    try (var pair = ReplicaPair.start(kind)) {
      MysqlServers.execute(
          pair.primary(), "", "CREATE DATABASE shop", "CREATE TABLE shop.book (id int)");
      MysqlServers.execute(pair.primary(), "shop", "INSERT INTO book VALUES (7)");
      pair.catchUp();
      assertThat(MysqlServers.query(pair.replica(), "shop", "SELECT id FROM book")).isEqualTo("7");
    }
  }

  @Test
  void aServerWithoutItsLibrariesNamesThePackage() throws IOException {
    var program = folder.resolve("bin/mysqld");
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo 'mysqld: error while loading shared libraries: libaio.so.1: cannot open' >&2
        exit 127
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> MysqlBinaries.in(folder))
        .isInstanceOf(NoServerException.class)
        .hasMessageContaining("needs libaio.so.1")
        .hasMessageContaining("libaio1");
  }

  @Test
  void whatIsMissingSkipsATestAndFailsItWhereAllMustBeThere() {
    var reason = new IllegalArgumentException("no server: install one");
    assertThatThrownBy(() -> MysqlServers.MARIADB.missing(reason, null))
        .hasSameClassAs(aborted())
        .hasMessageContaining("MARIADB cannot be tested on this machine: no server: install one");
    assertThatThrownBy(() -> MysqlServers.MARIADB.missing(reason, "1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("install one (PLANCHECK_ALL_SERVERS is 1)");
  }

  /// What JUnit takes for a skipped test.
  private static Throwable aborted() {
    return catchThrowable(() -> Assumptions.abort("skipped"));
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not after %s", PATIENCE).isLessThan(end);
      Thread.sleep(50);
    }
  }
}
