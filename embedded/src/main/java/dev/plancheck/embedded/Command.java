// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end, with a time limit.
///
/// Its output goes through a file: a server that it leaves behind would keep a pipe open, and who
/// reads that pipe would wait for the server.
public final class Command {
  public record Output(int exitCode, String text) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  private static final List<String> OF_SERVERS = List.of("PG", "MYSQL_", "MARIADB_", "LC_");

  private Command() {}

  /// Runs to the end even when the calling thread is interrupted, because a server must not be left
  /// half started or half stopped; the interrupt is kept.
  public static Output run(List<String> command, Path folder, Duration limit) {
    return run(command, folder, limit, Redirect.PIPE);
  }

  /// As above, reading from `input`: from nothing, if it is a pipe.
  public static Output run(List<String> command, Path folder, Duration limit, Redirect input) {
    var interrupted = Thread.interrupted();
    try {
      var output = Files.createTempFile("plancheck-", ".out");
      try {
        var process = start(command, folder, output, input);
        var wait = waitFor(process, limit);
        interrupted |= wait.interrupted();
        var text = Storage.read(output).strip();
        return wait.ended()
            ? new Output(process.exitValue(), text)
            : new Output(-1, "no end within %d s\n%s".formatted(limit.toSeconds(), text).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new ClusterException("cannot run %s: %s".formatted(command, Errors.reason(e)), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Process start(List<String> command, Path folder, Path output, Redirect input)
      throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    clean(builder);
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /// The user's PGDATA, MYSQL_HOME and the like, and language, must not reach the private server.
  public static void clean(ProcessBuilder builder) {
    var environment = builder.environment();
    environment.keySet().removeIf(name -> OF_SERVERS.stream().anyMatch(name::startsWith));
    environment.remove("LANGUAGE");
    environment.put("LANG", "C");
    environment.put("LC_ALL", "C");
  }

  private record Wait(boolean ended, boolean interrupted) {}

  private static Wait waitFor(Process process, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    var interrupted = false;
    while (true) {
      try {
        var ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        return new Wait(ended, interrupted);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
