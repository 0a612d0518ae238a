// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.ProcessRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process of its own, as a service manager starts and stops it.
final class ServeCommandTest {
  private static final Pattern URL = Pattern.compile("serves at (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;

  @Test
  void itAnswersKeepsItsFolderForItselfAndEndsCleanlyBySigterm() throws Exception {
    try (var first = serve("--port=0", "--data-dir=data")) {
      assertThat(health(url(first))).contains("\"status\":\"UP\"", "\"storage\":\"UP\"");

      try (var second = serve("--port=0", "--data-dir=data")) {
        assertThat(second.end()).isEqualTo(2);
        assertThat(second.errText())
            .startsWith("plancheck: data folder " + folder.resolve("data"))
            .contains("in use by another plancheck server", "--data-dir")
            .hasLineCount(1);
        assertThat(second.outText()).isEmpty();
      }
      assertThat(health(url(first))).contains("UP");

      first.process().destroy();
      assertThat(first.end()).isEqualTo(ProcessRun.TERMINATED);
      assertThat(first.errText()).hasLineCount(1).doesNotContain("Exception");
      assertThat(first.outText()).isEmpty();
      assertThat(folder.resolve("data/metadata/pgdata/PG_VERSION")).exists();
      assertThat(folder.resolve("data/metadata/pgdata/postmaster.pid")).doesNotExist();
    }
    try (var again = serve("--port=0", "--data-dir=data")) {
      assertThat(health(url(again))).contains("UP");
    }
  }

  @Test
  void aPortInUseIsToldBeforeAnythingIsMade() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var served = serve("--port=" + taken.getLocalPort(), "--data-dir=data")) {
      assertThat(served.end()).isEqualTo(2);
      assertThat(served.errText())
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
      assertThat(served.errText())
          .startsWith("plancheck: cannot use the metadata database 127.0.0.1:1/plancheck: ")
          .doesNotContain("hush", "\tat ");
      assertThat(served.outText()).isEmpty();
    }
  }

  private ProcessRun serve(String... flags) {
    var args = Stream.concat(Stream.of("serve"), Stream.of(flags)).toArray(String[]::new);
    return ProcessRun.start(folder, Map.of(), args);
  }

  /// Waits for the line that says where it serves.
  private static URI url(ProcessRun served) throws InterruptedException {
    var told = URL.matcher(served.awaitErr(text -> URL.matcher(text).find()));
    assertThat(told.find()).isTrue();
    return URI.create(told.group(1));
  }

  private static String health(URI server) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.resolve("/health")).timeout(ProcessRun.PATIENCE).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body();
    }
  }
}
