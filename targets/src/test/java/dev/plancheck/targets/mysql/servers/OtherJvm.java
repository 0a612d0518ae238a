// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.mysql.MysqlServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another JVM that starts a server, says where, and goes on until it is killed.
final class OtherJvm {
  private final Process process;
  private final Path folder;
  private final long server;

  private OtherJvm(Process process, Path folder, long server) {
    this.process = process;
    this.folder = folder;
    this.server = server;
  }

  static OtherJvm start(MysqlServers kind) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (var property : List.of("plancheck.mysql57.jar", "plancheck.mysql80.jar")) {
      command.add("-D%s=%s".formatted(property, System.getProperty(property)));
    }
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(OtherJvm.class.getName(), kind.name()));
    var process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var folder = reader.readLine();
    assertThat(folder).as("the folder that the other JVM says").isNotNull();
    return new OtherJvm(process, Path.of(folder), pid(Path.of(folder)));
  }

  Path folder() {
    return folder;
  }

  Optional<ProcessHandle> server() {
    // One that has ended may exist a little longer, without arguments.
    return ProcessHandle.of(server).filter(one -> one.info().arguments().isPresent());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void killGuards() {
    var guards =
        process
            .children()
            .filter(child -> child.info().command().filter(c -> c.endsWith("sh")).isPresent())
            .toList();
    assertThat(guards).isNotEmpty().allMatch(ProcessHandle::destroyForcibly);
  }

  static long pid(Path folder) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("server.pid")).strip());
  }

  /// The program of the other JVM.
  static void main(String[] kind) throws IOException {
    var server = MysqlServer.start(MysqlServers.valueOf(kind[0]).config("other"));
    System.out.println(server.folder());
    var end = System.in.read();
    assertThat(end).isEqualTo(-1);
  }
}
