// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a command's answer goes: standard output, or a file that is there whole or not at all.
/// Always UTF-8.
public final class Output {
  private final Terminal terminal;
  private final @Nullable Path file;

  /// `file` is relative to the terminal's folder; null is standard output. Throws
  /// [CommandException] if the file could not be written later.
  public Output(Terminal terminal, @Nullable Path file) {
    this.terminal = terminal;
    this.file = file == null ? null : writable(file, terminal.folder().resolve(file));
  }

  public boolean isStandardOutput() {
    return file == null;
  }

  /// Something that writes; it need not flush or close.
  @FunctionalInterface
  public interface Content {
    void write(Writer out) throws IOException;
  }

  /// Writes all of it. A reader that went away (`plancheck ... | head`) is no error.
  public void write(Content content) {
    try {
      if (file == null) {
        write(content, terminal.out().bytes());
      } else if (Files.exists(file) && !Files.isRegularFile(file)) {
        writeInto(file, content, StandardOpenOption.WRITE);
      } else {
        replace(file, content);
      }
    } catch (IOException e) {
      if (file == null && isBrokenPipe(e)) {
        return;
      }
      throw CommandException.usage(
          "cannot write %s: %s".formatted(file == null ? "standard output" : file, e.getMessage()));
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    var whole = Files.exists(file) ? file.toRealPath() : file;
    var part = whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID());
    try {
      writeInto(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeInto(Path file, Content content, StandardOpenOption... options)
      throws IOException {
    try (var out = Files.newOutputStream(file, options)) {
      write(content, out);
    }
  }

  private static void write(Content content, OutputStream bytes) throws IOException {
    var out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
    content.write(out);
    out.flush();
  }

  private static Path writable(Path shown, Path file) {
    var folder = file.getParent();
    if (Files.isDirectory(file)) {
      throw CommandException.usage("--output: %s is a folder (expected: a file)".formatted(shown));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandException.usage("--output: the folder of %s does not exist".formatted(shown));
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw CommandException.usage("--output: %s cannot be written".formatted(shown));
    }
    return file;
  }

  /// The JDK tells errors of the operating system apart by their text only.
  private static boolean isBrokenPipe(IOException e) {
    return "Broken pipe".equals(e.getMessage());
  }
}
