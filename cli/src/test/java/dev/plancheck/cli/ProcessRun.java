// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The program as a process of its own, for what only a process shows: signals, and what libraries
/// write to the real streams.
public record ProcessRun(Process process, Path out, Path err) implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /// What a JVM ended by SIGTERM says, 128 + 15.
  public static final int TERMINATED = 143;

  /// Starts it in `folder`, where its streams go into files.
  public static ProcessRun start(Path folder, Map<String, String> environment, String... args) {
    try {
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
              "dev.plancheck.cli.Main"));
      command.addAll(List.of(args));
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("PLANCHECK_DATABASE_URL");
      builder.environment().putAll(environment);
      return new ProcessRun(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String outText() {
    return read(out);
  }

  public String errText() {
    return read(err);
  }

  /// Waits for the exit code.
  public int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  /// Waits until standard error is as it should be, and returns it.
  public String awaitErr(Predicate<String> wanted) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      var text = errText();
      if (wanted.test(text)) {
        return text;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("standard error: " + errText());
  }

  /// Ends it if it still runs.
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

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
