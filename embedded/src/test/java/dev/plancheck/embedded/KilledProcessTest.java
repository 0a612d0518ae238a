// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.embedded.ClusterConfig.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is left when a process of ours ends in an ugly way: nothing, or nothing that hurts.
@Timeout(120)
final class KilledProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;

  @Test
  void aKilledProcessLeavesNoServerAndNoFolder() throws Exception {
    try (var other = OtherProcess.start("throw-away").ready()) {
      assertThat(other.server()).isPresent();
      other.kill();
      eventually(() -> other.server().isEmpty());
      eventually(() -> !other.folder().toFile().exists());
    }
  }

  @Test
  void aProcessThatEndsWithoutClosingLeavesNothing() throws Exception {
    var other = OtherProcess.start("throw-away").ready();
    other.close();
    assertThat(other.server()).isEmpty();
    assertThat(other.folder()).doesNotExist();
  }

  @Test
  void aTerminatedProcessLeavesNothing() throws Exception {
    try (var other = OtherProcess.start("throw-away").ready()) {
      other.terminate();
      assertThat(other.server()).isEmpty();
      assertThat(other.folder()).doesNotExist();
    }
  }

  @Test
  void theNextStartSweepsWhatNobodyGuarded() throws Exception {
    try (var other = OtherProcess.start("throw-away").ready()) {
      killGuards(other);
      other.kill();
      assertThat(other.server()).isPresent();
      try (var _ = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH))) {
        assertThat(other.server()).isEmpty();
        assertThat(other.folder()).doesNotExist();
      }
    }
  }

  @Test
  void theServerOfAKilledProcessIsStoppedAndItsDataIsKept() throws Exception {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    try (var cluster = Cluster.start(config)) {
      ClusterTest.execute(cluster, "CREATE TABLE book (title text)");
    }
    try (var other = OtherProcess.start("kept", home.resolve("metadata").toString()).ready()) {
      killGuards(other);
      other.kill();
      assertThat(other.server()).isPresent();
      try (var cluster = Cluster.start(config)) {
        assertThat(other.server()).isEmpty();
        assertThat(cluster.port()).isEqualTo(other.port());
        assertThat(ClusterTest.ask(cluster, "SELECT count(*) FROM book")).isEqualTo("0");
      }
    }
  }

  @Test
  void aRestartRightAfterAKillWorks() throws Exception {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    try (var other = OtherProcess.start("kept", home.resolve("metadata").toString()).ready()) {
      other.kill();
      try (var cluster = Cluster.start(config)) {
        // Time for a guard that mistakes the new server for the old one.
        Thread.sleep(1000);
        assertThat(ClusterTest.ask(cluster, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void aServerThatWasKilledItselfIsStartedAgain() throws SQLException {
    var config = ClusterConfig.kept(Role.METADATA, home.resolve("metadata"));
    try (var cluster = Cluster.start(config)) {
      ClusterTest.execute(cluster, "CREATE TABLE book (title text)");
      ProcessHandle.allProcesses()
          .filter(process -> isServerIn(process, cluster.folder()))
          .forEach(ProcessHandle::destroyForcibly);
    }
    try (var cluster = Cluster.start(config)) {
      assertThat(ClusterTest.ask(cluster, "SELECT count(*) FROM book")).isEqualTo("0");
    }
  }

  @Test
  void aFolderInUseByAnotherProcessIsRefused() throws Exception {
    var folder = home.resolve("metadata");
    try (var other = OtherProcess.start("kept", folder.toString()).ready()) {
      assertThatThrownBy(() -> Cluster.start(ClusterConfig.kept(Role.METADATA, folder)))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + other.pid());
      assertThat(other.server()).isPresent();
    }
  }

  static void eventually(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not after %s", PATIENCE).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static boolean isServerIn(ProcessHandle process, Path folder) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains("postgres") && line.contains(folder.toString()))
        .filter(line -> !line.contains("plancheck-guard"))
        .isPresent();
  }

  private static void killGuards(OtherProcess other) {
    assertThat(other.children()).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
  }
}
