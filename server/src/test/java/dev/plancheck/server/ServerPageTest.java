// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plancheck.checks.run.RunSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Runs the commands of docs/server.md as a reader would type them.
final class ServerPageTest {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @Test
  void theCommandsOfThePageDoWhatItSays() throws Exception {
    assumeTrue(
        Stream.of("bash", "curl").allMatch(ServerPageTest::isInstalled),
        "bash and curl are needed to try the commands of docs/server.md: install them");
    var commands =
        COMMANDS
            .matcher(Files.readString(Path.of("../docs/server.md")))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"));
    var password = "page-password-1";
    try (var live = new LiveServer(RunSettings.DEFAULT, Map.of("SHOP_PASSWORD", password))) {
      live.execute(
          "postgres",
          "CREATE ROLE checker LOGIN PASSWORD '%s'; GRANT pg_read_all_data TO checker"
              .formatted(password));
      for (var database : new String[] {"shop_a", "shop_b"}) {
        live.execute("postgres", "CREATE DATABASE " + database);
        live.execute(
            database,
            "CREATE TABLE orders (id int PRIMARY KEY, total numeric(10, 2)); INSERT INTO orders"
                + " SELECT n, n FROM generate_series(1, 120000) n; ANALYZE orders");
      }

      var answer =
          bash(
              commands,
              Map.of(
                  "SERVER", live.server.url().toString(),
                  "DB_PORT", Integer.toString(live.customer.port())));

      assertThat(answer)
          .contains("\"status\":\"DONE\",\"verdict\":\"FAIL\"", "event:end")
          .contains("column.rewriting-type-change", "numeric(10,2) to numeric(14,4)")
          .contains("\"method\":\"UPPER_BOUND\",\"rows\":\"120000\"")
          .contains("GRANT SELECT, DELETE ON orders TO checker")
          .containsPattern("\"fingerprint\":\"[0-9a-f]{32,}\"")
          .doesNotContain(password);
    }
  }

  private static String bash(String commands, Map<String, String> environment) throws Exception {
    var output = Files.createTempFile("plancheck-page", ".txt");
    try {
      var builder =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      var ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      var answer = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as(answer).isTrue();
      assertThat(process.exitValue()).as(answer).isZero();
      return answer;
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
