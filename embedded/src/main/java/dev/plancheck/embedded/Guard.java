// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A shell that waits for the end of this process and then stops the server: also after `kill -9`,
/// when no hook runs. Where there is no shell, the next start finds what was left.
///
/// It reads from a pipe that this process holds open: a line from it means "all is done", the end
/// of the pipe means that the process is gone.
public final class Guard implements AutoCloseable {
  private static final Path SHELL = Path.of("/bin/sh");

  /// Signals of the terminal reach it too, and must not end it. `$1` is the server, `$2` the signal
  /// for it, `$3` its folder, `$4` says whether that is deleted, `$5` is the server's file. A
  /// server that has ended may still look alive, but it has deleted its file. One that does not end
  /// is killed if its data are thrown away anyway.
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      if read -r line; then exit 0; fi
      kill -s "$2" "$1" 2>/dev/null
      turns=0
      while kill -s 0 "$1" 2>/dev/null && [ -f "$5" ] && [ $turns -lt 600 ]
      do
        sleep 0.1 2>/dev/null || sleep 1
        turns=$((turns + 1))
      done
      if [ "$4" = delete ]; then
        if [ -f "$5" ]; then kill -s KILL "$1" 2>/dev/null; fi
        rm -rf -- "$3"
      fi
      """;

  /// `signal` is the one that the server ends on (PostgreSQL manual, "Shutting down the server"),
  /// and `file` one that it deletes when it has ended.
  public record Guarded(long server, String signal, Path file, Path folder, boolean throwAway) {}

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  public static Optional<Guard> start(Guarded guarded) throws IOException {
    if (!Files.isExecutable(SHELL)) {
      return Optional.empty();
    }
    var process =
        new ProcessBuilder(
                SHELL.toString(),
                "-c",
                SCRIPT,
                "plancheck-guard",
                Long.toString(guarded.server()),
                guarded.signal(),
                guarded.folder().toString(),
                guarded.throwAway() ? "delete" : "keep",
                guarded.file().toString())
            .directory(Path.of("/").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    return Optional.of(new Guard(process));
  }

  @Override
  public void close() {
    try (var pipe = shell.getOutputStream()) {
      pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The shell is gone, and what it was there for is done.
    }
  }
}
