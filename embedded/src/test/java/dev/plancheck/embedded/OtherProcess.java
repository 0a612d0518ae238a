// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.ClusterConfig.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Another JVM that starts something, says where, and goes on until it is told to end or is killed.
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final List<String> answer;

  private OtherProcess(Process process, List<String> answer) {
    this.process = process;
    this.answer = answer;
  }

  /// `what` is `throw-away`, `kept FOLDER` or `judge FOLDER SECONDS`.
  static OtherProcess start(String... what) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName()));
    command.addAll(List.of(what));
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(Redirect.INHERIT).start(), new ArrayList<>());
  }

  /// Waits for what it says: folder, port and process of the server.
  OtherProcess ready() throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = reader.readLine(); line != null && answer.size() < 3; ) {
      answer.add(line);
      line = answer.size() < 3 ? reader.readLine() : null;
    }
    assertThat(answer).as("what the other process said").hasSize(3);
    return this;
  }

  long pid() {
    return process.pid();
  }

  Path folder() {
    return Path.of(answer.get(0));
  }

  int port() {
    return Integer.parseInt(answer.get(1));
  }

  Optional<ProcessHandle> server() {
    // One that has ended may exist a little longer, without arguments.
    return ProcessHandle.of(Long.parseLong(answer.get(2)))
        .filter(server -> server.info().arguments().isPresent());
  }

  List<ProcessHandle> children() {
    return process.children().toList();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /// Tells it to end as programs end, without closing what it opened.
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(60));
  }

  /// The program of the other process.
  static void main(String[] what) throws IOException {
    switch (what[0]) {
      case "throw-away" -> say(Cluster.start(ClusterConfig.throwAway(Role.SCRATCH)));
      case "kept" -> say(Cluster.start(ClusterConfig.kept(Role.METADATA, Path.of(what[1]))));
      case "judge" -> {
        var idle = Duration.ofSeconds(Long.parseLong(what[2]));
        var folders = new Folders(Path.of(what[1]), Path.of(what[1]));
        say(JudgeCluster.shared(folders, PostgresBinaries.bundled(), idle));
      }
      default -> throw new IllegalArgumentException(what[0]);
    }
    var end = System.in.read();
    assertThat(end).isEqualTo(-1);
  }

  private static void say(Cluster cluster) throws IOException {
    var server = Postmaster.in(cluster.folder().resolve("pgdata")).orElseThrow();
    System.out.printf("%s%n%d%n%d%n", cluster.folder(), cluster.port(), server.pid());
  }

  private static void say(JudgeCluster judge) throws IOException {
    var server = Postmaster.in(judge.folder().resolve("pgdata")).orElseThrow();
    System.out.printf("%s%n%d%n%d%n", judge.folder(), server.port(), server.pid());
  }
}
