// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.plan.Instance.GhostProbe;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The database in which a check for gh-ost may make tables of its own.
public final class ScratchSchema {
  private static final int LONGEST = 64;
  private static final Set<String> OF_THE_SERVER =
      Set.of("mysql", "sys", "information_schema", "performance_schema");

  private ScratchSchema() {}

  /// What is wrong with the name for a level: `'sys' (expected: ...)`; empty if nothing is. Without
  /// a level that needs it there need not be one.
  public static Optional<String> flaw(GhostProbe probe, String name) {
    if (name.isEmpty()) {
      return probe == GhostProbe.CLONE
          ? Optional.of("empty (expected: the name of a database for copies, with the level CLONE)")
          : Optional.empty();
    }
    if (name.codePointCount(0, name.length()) > LONGEST) {
      return Optional.of(
          "%d characters (expected: at most %d)"
              .formatted(name.codePointCount(0, name.length()), LONGEST));
    }
    if (OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          "'%s' (expected: a database that is not the server's own)".formatted(name));
    }
    return name.isBlank() || name.endsWith(" ") || name.chars().anyMatch(Character::isISOControl)
        ? Optional.of("blank at the end, or a control character (expected: the name of a database)")
        : Optional.empty();
  }
}
