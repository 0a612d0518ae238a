// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.noop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A gh-ost on this machine.
public record GhostProgram(Path path) {
  public static final String VARIABLE = "PLANCHECK_GHOST_BINARY";

  /// The one that the environment names, if it does. Throws [IllegalArgumentException] for what is
  /// no program.
  public static Optional<GhostProgram> of(Map<String, String> environment) {
    var text = environment.getOrDefault(VARIABLE, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var path = Path.of(text);
    if (!path.isAbsolute() || !Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new IllegalArgumentException(
          "%s: %s (expected: the absolute path of a program)".formatted(VARIABLE, text));
    }
    return Optional.of(new GhostProgram(path));
  }
}
