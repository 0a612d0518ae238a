// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Starts a shell that outlives this process and stops a shared judge when it was idle for some
/// time; see [JudgeServer] for the files by which they understand each other.
///
/// `heartbeat` is a file that the shell touches, so that other machines which share the folder see
/// that it is in use.
record JudgeKeeper(Duration idle, Path heartbeat) {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path NOTHING = Path.of("/dev/null");

  /// How often the shell looks for users, in seconds.
  private static final int INTERVAL = 2;

  /// Signals of the terminal that started it are not meant for it.
  private static final String SCRIPT =
      """
      folder=$1 server=$2 idle=$3 interval=$4 heartbeat=$5
      trap '' HUP INT QUIT
      trap 'ended=1' TERM
      used() {
        for file in "$folder"/users/*; do
          process=${file##*/}
          if kill -s 0 "${process%%-*}" 2>/dev/null; then return 0; fi
        done
        return 1
      }
      ended=
      waited=0
      while [ -z "$ended" ] && kill -s 0 "$server" 2>/dev/null; do
        sleep "$interval"
        touch "$heartbeat"
        if used; then
          waited=0
          continue
        fi
        waited=$((waited + interval))
        if [ "$waited" -ge "$idle" ]; then
          mv "$folder/open" "$folder/closed" 2>/dev/null
          if used; then mv "$folder/closed" "$folder/open"; else ended=1; fi
        fi
      done
      rm -f "$folder/open"
      kill -s QUIT "$server" 2>/dev/null
      turns=0
      while kill -s 0 "$server" 2>/dev/null && [ -f "$folder/pgdata/postmaster.pid" ] &&
        [ $turns -lt 60 ]
      do
        sleep 1
        turns=$((turns + 1))
      done
      rm -rf -- "$folder"
      """;

  static boolean isPossible() {
    return Files.isExecutable(SHELL);
  }

  /// The process that watches.
  long watch(Path folder, long server) throws IOException {
    return new ProcessBuilder(
            SHELL.toString(),
            "-c",
            SCRIPT,
            "plancheck-judge-keeper",
            folder.toString(),
            Long.toString(server),
            Long.toString(idle.toSeconds()),
            Integer.toString(INTERVAL),
            heartbeat.toString())
        .directory(Path.of("/").toFile())
        .redirectInput(NOTHING.toFile())
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .pid();
  }
}
