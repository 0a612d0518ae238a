// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static dev.plancheck.embedded.KilledProcessTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class JudgeClusterTest {
  private static final Duration IDLE = Duration.ofSeconds(2);

  /// Not the user's: the judges in it must be this test's own.
  @TempDir private static Path cache = Path.of("");

  @AfterEach
  void waitForTheEnd() throws InterruptedException {
    eventually(() -> servers().isEmpty());
  }

  @Test
  void letsAskAndNothingElse() throws SQLException {
    try (var judge = judge();
        var connection = connect(judge)) {
      assertThat(ask(connection, "SHOW is_superuser")).isEqualTo("off");
      assertThat(ask(connection, "SHOW search_path")).isEqualTo("pg_catalog");
      assertThat(ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(connection, "SHOW server_version")).isEqualTo(judge.version());
      assertThatThrownBy(() -> ask(connection, "CREATE TABLE public.t (id int)"))
          .hasMessageContaining("read-only transaction");
      assertThat(
              ask(connection, "SELECT set_config('default_transaction_read_only', 'off', false)"))
          .isEqualTo("off");
      for (var sql :
          List.of(
              "CREATE TABLE public.t (id int)",
              "CREATE TEMP TABLE t (id int)",
              "CREATE SCHEMA s",
              "CREATE DATABASE d",
              "CREATE ROLE r",
              "ALTER SYSTEM SET work_mem = '1MB'",
              "SELECT pg_read_file('PG_VERSION')",
              "COPY (SELECT 1) TO PROGRAM 'true'")) {
        assertThatThrownBy(() -> ask(connection, sql))
            .as(sql)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void writesNoRefusedTextToItsLog() throws IOException, SQLException {
    try (var judge = judge();
        var connection = connect(judge)) {
      assertThatThrownBy(() -> ask(connection, "SELEC 'geheim'")).isInstanceOf(SQLException.class);
      assertThat(judge.folder().resolve("server.log")).content().doesNotContain("geheim");
    }
  }

  @Test
  void isReusedWhileItRuns() {
    String first;
    try (var judge = judge()) {
      first = judge.jdbcUrl();
    }
    try (var judge = judge();
        var another = judge()) {
      assertThat(judge.jdbcUrl()).isEqualTo(first);
      assertThat(another.jdbcUrl()).isEqualTo(first);
      assertThat(servers()).hasSize(1);
    }
  }

  @Test
  void stopsWhenIdleAndNotBefore() throws Exception {
    Path folder;
    try (var judge = judge()) {
      folder = judge.folder();
      Thread.sleep(IDLE.plusSeconds(5));
      try (var connection = connect(judge)) {
        assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
      }
    }
    eventually(() -> !folder.toFile().exists());
    try (var judge = judge();
        var connection = connect(judge)) {
      assertThat(judge.folder()).isNotEqualTo(folder);
      assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void processesThatStartAtOnceShareOne() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 3).mapToObj(_ -> threads.submit(() -> other().ready())).toList();
      try (var a = starts.get(0).get();
          var b = starts.get(1).get();
          var c = starts.get(2).get();
          var own = judge()) {
        assertThat(List.of(b.port(), c.port())).containsOnly(a.port());
        assertThat(own.folder()).isEqualTo(a.folder());
        assertThat(servers()).hasSize(1);
      }
    }
  }

  @Test
  void stopsWhenItsLastUserWasKilled() throws Exception {
    try (var other = other().ready()) {
      other.kill();
      eventually(() -> other.server().isEmpty());
      eventually(() -> !other.folder().toFile().exists());
    }
  }

  @Test
  void isKeptAgainWhenItsKeeperWasKilled() throws Exception {
    try (var judge = judge()) {
      var keeper = Long.parseLong(Files.readString(judge.folder().resolve("keeper")));
      assertThat(ProcessHandle.of(keeper)).hasValueSatisfying(ProcessHandle::destroyForcibly);
      eventually(() -> ProcessHandle.of(keeper).filter(ProcessHandle::isAlive).isEmpty());
      try (var again = judge()) {
        assertThat(again.folder()).isEqualTo(judge.folder());
      }
    }
  }

  @Test
  void isReplacedWhenItsServerWasKilled() throws Exception {
    try (var judge = judge()) {
      var server = Postmaster.in(judge.folder().resolve("pgdata")).orElseThrow();
      assertThat(ProcessHandle.of(server.pid())).hasValueSatisfying(ProcessHandle::destroyForcibly);
      eventually(() -> !server.isAlive());
      try (var another = judge();
          var connection = connect(another)) {
        assertThat(another.folder()).isNotEqualTo(judge.folder());
        assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void forgetsMachinesThatAreGone() throws IOException {
    var old = Files.createDirectories(cache.resolve("judge/0badcafe-postgresql-1"));
    var recent = Files.createDirectories(cache.resolve("judge/600dcafe-postgresql-1"));
    for (var other : List.of(old, recent)) {
      Files.createDirectories(other.resolve("server-1/pgdata"));
      Files.createFile(other.resolve("heartbeat"));
    }
    var yesterday = Instant.now().minus(Duration.ofHours(25));
    Files.setLastModifiedTime(old.resolve("heartbeat"), FileTime.from(yesterday));
    try (var _ = judge()) {
      assertThat(old).doesNotExist();
      assertThat(recent).isDirectory();
    }
  }

  @Test
  void eachProcessMayHaveOneOfItsOwn() throws SQLException {
    var own = JudgeCluster.ownOfThisProcess(new Folders(cache, cache));
    try (own;
        var connection = connect(own)) {
      assertThat(ask(connection, "SHOW is_superuser")).isEqualTo("off");
    }
    assertThat(own.folder()).doesNotExist();
  }

  private JudgeCluster judge() {
    return JudgeCluster.shared(new Folders(cache, cache), PostgresBinaries.bundled(), IDLE);
  }

  private OtherProcess other() throws IOException {
    return OtherProcess.start("judge", cache.toString(), Long.toString(IDLE.toSeconds()));
  }

  private List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(cache + "/judge/"))
        .filter(process -> process.info().commandLine().orElse("").contains("postgres -D"))
        .toList();
  }

  private static Connection connect(JudgeCluster judge) throws SQLException {
    return DriverManager.getConnection(judge.jdbcUrl(), judge.user(), judge.password());
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
      try (var rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
