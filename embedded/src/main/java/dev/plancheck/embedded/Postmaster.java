// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What a running server says of itself in `postmaster.pid` of its data folder: process id, data
/// folder as it was named at the start, start time, port, status (PostgreSQL's
/// `src/include/utils/pidfile.h`).
record Postmaster(String data, long pid, Instant startedAt, int port, String status) {
  private static final String FILE = "postmaster.pid";

  /// Wide, because the clock may have been set meanwhile; only used where the system does not show
  /// arguments of processes.
  private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

  /// Empty without such a file, or while it is being written.
  static Optional<Postmaster> in(Path data) throws IOException {
    try {
      var lines = Storage.read(file(data)).lines().toList();
      return lines.size() < 4
          ? Optional.empty()
          : Optional.of(
              new Postmaster(
                  lines.get(1).strip(),
                  Long.parseLong(lines.get(0).strip()),
                  Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                  Integer.parseInt(lines.get(3).strip()),
                  lines.size() < 8 ? "" : lines.get(7).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw new IOException("%s: %s".formatted(file(data), e.getMessage()), e);
    }
  }

  /// Whether that process still runs: its number may meanwhile belong to another program.
  boolean isAlive() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(this::isOurs).orElse(false);
  }

  boolean isReady() {
    return status.equals("ready");
  }

  /// Which a server that ends deletes.
  static Path file(Path data) {
    return data.resolve(FILE);
  }

  static void removeStale(Path data) throws IOException {
    Files.deleteIfExists(file(data));
  }

  /// A process that has ended and that nobody has asked about yet still exists, without arguments.
  private boolean isOurs(ProcessHandle process) {
    var info = process.info();
    return Platform.ofThisSystem().showsArguments()
        ? info.arguments().filter(all -> Arrays.asList(all).contains(data)).isPresent()
        : info.startInstant()
            .map(start -> Duration.between(start, startedAt).abs())
            .filter(difference -> difference.compareTo(CLOCK_STEP) <= 0)
            .isPresent();
  }
}
