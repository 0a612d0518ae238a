// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.noop;

import dev.plancheck.checks.ghost.GhostFlag;
import dev.plancheck.checks.ghost.Noop;
import dev.plancheck.checks.ghost.NoopOrder;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.targets.login.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of gh-ost without `--execute` for a session: no shell, an environment and a folder of
/// its own, and an end. The user's name and password reach it by its environment, which its
/// configuration file refers to.
public final class NoopRun {
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  /// The one is not gh-ost's own default; the other makes it alter the table in its dry run.
  private static final Set<GhostFlag> OURS =
      Set.of(GhostFlag.ALLOW_ON_MASTER, GhostFlag.ATTEMPT_INSTANT_DDL);

  private static final String USER = "PLANCHECK_GHOST_USER";
  private static final String PASSWORD = "PLANCHECK_GHOST_PASSWORD";

  private static final String CONFIGURATION =
      """
      [client]
      user = "${%s}"
      password = "${%s}"
      """
          .formatted(USER, PASSWORD);

  private final GhostProgram program;
  private final Endpoint endpoint;
  private final String password;
  private final Duration atMost;
  private volatile boolean canceled;
  private volatile @Nullable Process current;

  public NoopRun(GhostProgram program, Endpoint endpoint, @Nullable String password) {
    this(program, endpoint, password, AT_MOST);
  }

  NoopRun(GhostProgram program, Endpoint endpoint, @Nullable String password, Duration atMost) {
    this.program = program;
    this.endpoint = endpoint;
    this.password = password == null ? "" : password;
    this.atMost = atMost;
  }

  /// Ends what runs; nothing is run any more.
  public void cancel() {
    canceled = true;
    var running = current;
    if (running != null) {
      end(running);
    }
  }

  boolean isCanceled() {
    return canceled;
  }

  /// `encrypted` is whether our own connection to the server is. Never throws.
  Noop of(NoopOrder order, boolean encrypted) {
    try {
      var folder = Files.createTempDirectory("plancheck-ghost");
      try {
        var configuration = Files.writeString(folder.resolve("my.cnf"), CONFIGURATION);
        return heard(start(folder, arguments(order, configuration, encrypted)));
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      return new Noop.Untold("gh-ost could not be run (%s)".formatted(e.getMessage()));
    }
  }

  private List<String> arguments(NoopOrder order, Path configuration, boolean encrypted) {
    var arguments = new ArrayList<String>();
    arguments.add(program.path().toString());
    arguments.add("--host=" + endpoint.host());
    arguments.add("--port=" + endpoint.port());
    arguments.add("--conf=" + configuration);
    arguments.add("--database=" + order.database());
    arguments.add("--table=" + order.table());
    arguments.add("--alter=" + order.body());
    arguments.add("--serve-socket-file=" + configuration.resolveSibling("s"));
    arguments.addAll(tls(encrypted));
    var ours =
        order
            .flags()
            .getOrDefault(GhostFlag.ALLOW_ON_MASTER.word(), GhostFlag.ALLOW_ON_MASTER.usual());
    arguments.add("--%s=%s".formatted(GhostFlag.ALLOW_ON_MASTER.word(), ours));
    order
        .flags()
        .forEach((word, value) -> {
          if (OURS.stream().noneMatch(flag -> flag.word().equals(word))) {
            arguments.add("--%s=%s".formatted(word, value));
          }
        });
    return arguments;
  }

  private List<String> tls(boolean encrypted) {
    return switch (endpoint.tls()) {
      case DISABLE -> List.of();
      case PREFER, REQUIRE ->
          encrypted || endpoint.tls() == TlsMode.REQUIRE
              ? List.of("--ssl", "--ssl-allow-insecure")
              : List.of();
      case VERIFY_CA, VERIFY_FULL -> List.of("--ssl");
    };
  }

  private Process start(Path folder, List<String> arguments) throws IOException {
    var builder =
        new ProcessBuilder(arguments).directory(folder.toFile()).redirectErrorStream(true);
    var path = builder.environment().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put(USER, endpoint.user());
    builder.environment().put(PASSWORD, password);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private Noop heard(Process process) {
    var words = new LastWords();
    var reading =
        Thread.ofVirtual()
            .name("what gh-ost says")
            .start(() -> words.read(process.getInputStream()));
    current = process;
    try {
      if (canceled || !process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return ended("did not end within %d s, and was ended".formatted(atMost.toSeconds()));
      }
      var _ = reading.join(Duration.ofSeconds(2));
      var exit = process.exitValue();
      if (canceled) {
        return ended("was ended");
      }
      return exit == 0 ? new Noop.Fine() : new Noop.Refused(exit, words.line(password));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ended("was ended");
    } finally {
      current = null;
      end(process);
    }
  }

  private static Noop ended(String how) {
    return new Noop.Untold(
        "gh-ost's own noop %s: its tables beside the original, with names that end in _gho and _ghc, may be left there"
            .formatted(how));
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
