// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import static java.util.Comparator.comparing;

import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Reads what a command line names: files, folders (all `*.sql` below, by path), `-`.
///
/// Every problem of every input is reported at once; a script that is named twice is read once.
public final class ScriptReader {
  /// The largest script that is read, in bytes.
  public static final int LIMIT = 64 << 20;

  private static final String STDIN = "-";

  private final Terminal terminal;
  private final Map<Object, ScriptFile> files = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ScriptReader(Terminal terminal) {
    this.terminal = terminal;
  }

  /// The scripts in the order they were named. Throws [CommandException] for anything unreadable.
  public static List<ScriptFile> read(Terminal terminal, List<String> names) {
    var reader = new ScriptReader(terminal);
    names.forEach(reader::add);
    if (!reader.problems.isEmpty()) {
      throw CommandException.usage(String.join("\n", reader.problems));
    }
    return List.copyOf(reader.files.values());
  }

  /// One file: no folder, not standard input. Throws [CommandException] if it is unreadable.
  public static ScriptFile readFile(Terminal terminal, String name) {
    var read = read(terminal, List.of(name));
    if (!read.getFirst().path().equals(name)) {
      throw CommandException.usage("%s: is no file".formatted(name));
    }
    return read.getFirst();
  }

  private void add(String name) {
    try {
      if (name.equals(STDIN)) {
        put(STDIN, "<stdin>", terminal::in);
        return;
      }
      var path = terminal.folder().resolve(name);
      if (Files.isDirectory(path)) {
        addFolder(name, path);
      } else {
        addFile(name, path);
      }
    } catch (InvalidPathException e) {
      problems.add("%s: is no file name: %s".formatted(name, e.getReason()));
    } catch (IOException e) {
      problems.add("%s: %s".formatted(name, reason(e)));
    } catch (UnreadableException e) {
      problems.add("%s: %s".formatted(name, e.getMessage()));
    }
  }

  private void addFolder(String name, Path folder) throws IOException, UnreadableException {
    List<Path> scripts;
    try (Stream<Path> all = Files.walk(folder)) {
      scripts =
          all.filter(ScriptReader::isScript)
              .filter(path -> !isHidden(folder.relativize(path)))
              .sorted(comparing(Path::toString, NaturalOrder.INSTANCE))
              .toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    if (scripts.isEmpty()) {
      throw new UnreadableException("has no *.sql file in it");
    }
    for (var script : scripts) {
      var shown = Path.of(name).resolve(folder.relativize(script)).toString();
      try {
        addFile(shown, script);
      } catch (IOException e) {
        problems.add("%s: %s".formatted(shown, reason(e)));
      } catch (UnreadableException e) {
        problems.add("%s: %s".formatted(shown, e.getMessage()));
      }
    }
  }

  private void addFile(String name, Path path) throws IOException, UnreadableException {
    put(path.toRealPath(), name, () -> Files.newInputStream(path));
  }

  private void put(Object key, String name, Opener opener) throws IOException, UnreadableException {
    if (files.containsKey(key)) {
      return;
    }
    try (var in = opener.open()) {
      var bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new UnreadableException(
            "is larger than %d MB: split it into smaller scripts".formatted(LIMIT >> 20));
      }
      files.put(key, new ScriptFile(name, new SourceText(ScriptDecoder.decode(bytes))));
    }
  }

  private static boolean isScript(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".sql") && Files.isRegularFile(path);
  }

  private static boolean isHidden(Path path) {
    for (var part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> "cannot be read: " + e.getMessage();
    };
  }

  private interface Opener {
    InputStream open() throws IOException;
  }
}
