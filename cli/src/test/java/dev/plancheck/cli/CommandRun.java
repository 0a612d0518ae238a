// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A folder in which commands are run as a shell would run them, in this process.
public final class CommandRun {
  /// What a command left behind.
  public record Answer(int exitCode, String out, String err) {}

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String in = "";
  private boolean onTerminal;

  public CommandRun(Path folder) {
    this.folder = folder;
  }

  public CommandRun file(String name, String text) {
    return file(name, text.getBytes(UTF_8));
  }

  public CommandRun file(String name, byte[] bytes) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CommandRun in(String text) {
    in = text;
    return this;
  }

  public CommandRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Output and error stream are a terminal of 100 columns.
  public CommandRun onTerminal() {
    onTerminal = true;
    return this;
  }

  public Answer run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(UTF_8)),
            new Terminal.Stream(out, onTerminal, 100),
            new Terminal.Stream(err, onTerminal, 100),
            environment,
            folder);
    var exitCode = new Program(terminal).run(args);
    return new Answer(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
