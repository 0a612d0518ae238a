// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process of its own, as a service manager starts and stops it.
final class ServeCommandTest {
  private static final Pattern URL = Pattern.compile("serves at (http://127\\.0\\.0\\.1:\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// What a JVM ended by SIGTERM says, 128 + 15.
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  /// A started `plancheck serve`; its streams go into files.
  private record Served(Process process, Path out, Path err) implements AutoCloseable {
    int end() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      return process.exitValue();
    }

    /// Waits for the line that says where it serves.
    URI url() throws IOException, InterruptedException {
      var end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end && process.isAlive()) {
        var told = URL.matcher(Files.readString(err));
        if (told.find()) {
          return URI.create(told.group(1));
        }
        Thread.sleep(100);
      }
      throw new AssertionError("it does not serve: " + Files.readString(err));
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void itAnswersKeepsItsFolderForItselfAndEndsCleanlyBySigterm() throws Exception {
    try (var first = serve("--port=0", "--data-dir=data")) {
      assertThat(health(first.url())).contains("\"status\":\"UP\"", "\"storage\":\"UP\"");

      try (var second = serve("--port=0", "--data-dir=data")) {
        assertThat(second.end()).isEqualTo(2);
        assertThat(Files.readString(second.err()))
            .startsWith("plancheck: data folder " + folder.resolve("data"))
            .contains("in use by another plancheck server", "--data-dir")
            .hasLineCount(1);
        assertThat(second.out()).isEmptyFile();
      }
      assertThat(health(first.url())).contains("UP");

      first.process().destroy();
      assertThat(first.end()).isEqualTo(TERMINATED);
      assertThat(Files.readString(first.err())).hasLineCount(1).doesNotContain("Exception");
      assertThat(first.out()).isEmptyFile();
      assertThat(folder.resolve("data/metadata/pgdata/PG_VERSION")).exists();
      assertThat(folder.resolve("data/metadata/pgdata/postmaster.pid")).doesNotExist();
    }
    try (var again = serve("--port=0", "--data-dir=data")) {
      assertThat(health(again.url())).contains("UP");
    }
  }

  @Test
  void aPortInUseIsToldBeforeAnythingIsMade() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var served = serve("--port=" + taken.getLocalPort(), "--data-dir=data")) {
      assertThat(served.end()).isEqualTo(2);
      assertThat(Files.readString(served.err()))
          .isEqualTo(
              "plancheck: port %d of 127.0.0.1 is in use (expected: a free port). Stop the other program, or choose another port with --port\n"
                  .formatted(taken.getLocalPort()));
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void aDatabaseOutOfReachIsToldWithoutItsPassword() throws Exception {
    try (var served =
        serve(
            "--port=0",
            "--data-dir=data",
            "--database-url=postgresql://app:hush-hush@127.0.0.1:1/plancheck")) {
      assertThat(served.end()).isEqualTo(3);
      assertThat(Files.readString(served.err()))
          .startsWith("plancheck: cannot use the metadata database 127.0.0.1:1/plancheck: ")
          .doesNotContain("hush", "\tat ");
      assertThat(served.out()).isEmptyFile();
    }
  }

  private Served serve(String... flags) throws IOException {
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.plancheck.cli.Main",
            "serve"));
    command.addAll(List.of(flags));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("PLANCHECK_DATABASE_URL");
    return new Served(builder.start(), out, err);
  }

  private static String health(URI server) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.resolve("/health")).timeout(PATIENCE).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body();
    }
  }
}
