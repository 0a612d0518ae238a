// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogSetupTest {
  @Test
  void peopleReadLinesOnStandardErrorWithoutCredentials() {
    var log =
        logged(
            Map.of(),
            context -> {
              context.getLogger("dev.plancheck.Test").info("at postgresql://bob:s3cr3t@db/x");
              context
                  .getLogger("dev.plancheck.Test")
                  .warn("failed", new IllegalStateException("password=s3cr3t"));
              context.getLogger("dev.plancheck.Test").debug("too much");
              context.getLogger("org.example").info("too much");
            });

    assertThat(log)
        .contains("INFO  Test - at postgresql://********@db/x")
        .contains("IllegalStateException: password=********")
        .doesNotContain("s3cr3t", "too much");
  }

  @Test
  void machinesReadOneJsonObjectALine() {
    var log =
        logged(
            Map.of("PLANCHECK_LOG_FORMAT", "json", "PLANCHECK_LOG_LEVEL", "debug"),
            context -> {
              context.getLogger("dev.plancheck.Test").debug("a \"quoted\" word of {}", "bob");
              context
                  .getLogger("dev.plancheck.Test")
                  .error("failed", new IllegalStateException("postgresql://bob:s3cr3t@db"));
            });

    assertThat(log.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"))
        .anySatisfy(line -> assertThat(line).contains("a \\\"quoted\\\" word of bob"));
    assertThat(log).contains("IllegalStateException").doesNotContain("s3cr3t");
  }

  private static String logged(
      Map<String, String> environment, java.util.function.Consumer<LoggerContext> use) {
    var written = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(written, true, UTF_8));
    try {
      var context = new LoggerContext();
      context.setMDCAdapter(new LogbackMDCAdapter());
      context.start();
      LogSetup.setUp(context, environment);
      use.accept(context);
      context.stop();
    } finally {
      System.setErr(before);
    }
    return written.toString(UTF_8);
  }
}
