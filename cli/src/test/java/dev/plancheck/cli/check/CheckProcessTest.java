// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.plancheck.cli.ProcessRun;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check` as a process, on a real server: its streams, and how it ends when it is told to.
final class CheckProcessTest {
  private static final Cluster CLUSTER = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));

  @TempDir Path folder;

  @BeforeAll
  static void createTable() throws SQLException {
    execute("CREATE TABLE book (id int PRIMARY KEY, title text)");
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  void whateverIsLoggedStandardOutputIsTheAnswerAlone() throws Exception {
    try (var run = check(Map.of("PLANCHECK_LOG_LEVEL", "debug"), "--format=json")) {
      assertThat(run.end()).isZero();
      assertThat(JsonParser.parseString(run.outText()).getAsJsonObject().get("files")).isNotNull();
      assertThat(run.errText()).doesNotContain(CLUSTER.password());
    }
    try (var run = check(Map.of())) {
      assertThat(run.end()).isZero();
      assertThat(run.errText()).isEmpty();
    }
  }

  @Test
  void toldToEndItLeavesNothingBehindAndTellsNoHalfOfAReport() throws Exception {
    try (var blocker = CLUSTER.connect("postgres");
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE");
      try (var run = check(Map.of())) {
        awaitSessions(1);
        run.process().destroy();
        assertThat(run.end()).isEqualTo(ProcessRun.TERMINATED);
        assertThat(run.outText()).isEmpty();
        assertThat(run.errText())
            .isEqualTo(
                "plancheck: interrupted, so there is no report; nothing was changed anywhere\n");
        awaitSessions(0);
      }
      blocker.rollback();
    }
  }

  private ProcessRun check(Map<String, String> environment, String... flags) throws IOException {
    Files.writeString(folder.resolve("a.sql"), "UPDATE book SET title = 'x' WHERE id = 1;");
    var args = new String[flags.length + 3];
    args[0] = "check";
    args[1] = "a.sql";
    args[2] =
        "--target=postgresql://%s:%s@127.0.0.1:%d/postgres"
            .formatted(CLUSTER.user(), CLUSTER.password(), CLUSTER.port());
    System.arraycopy(flags, 0, args, 3, flags.length);
    return ProcessRun.start(folder, environment, args);
  }

  private static void awaitSessions(int wanted) throws SQLException, InterruptedException {
    var end = System.nanoTime() + ProcessRun.PATIENCE.toNanos();
    try (var connection = CLUSTER.connect("postgres")) {
      while (sessions(connection) != wanted) {
        assertThat(System.nanoTime()).as("%d sessions of plancheck", wanted).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  private static int sessions(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plancheck'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = CLUSTER.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
