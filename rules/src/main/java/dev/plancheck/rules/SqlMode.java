// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.review.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What MySQL and MariaDB do with a value that does not fit: refuse it (strict), or store something
/// else and go on (lax).
public enum SqlMode {
  STRICT,
  LAX,
  UNKNOWN;

  private static final Set<String> STRICTNESS =
      Set.of("STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "TRADITIONAL");

  /// By the setting in force: the script's own, or else the target's.
  public static SqlMode of(Session session) {
    return session.setting("sql_mode").map(SqlMode::of).orElse(UNKNOWN);
  }

  /// Of the text of a setting; an expression is not looked into.
  public static SqlMode of(String setting) {
    if (setting.contains("@") || setting.contains("(")) {
      return UNKNOWN;
    }
    return modes(setting).stream().anyMatch(STRICTNESS::contains) ? STRICT : LAX;
  }

  /// Whether a mode is in force; empty if nobody knows.
  public static Optional<Boolean> has(Session session, String mode) {
    return session
        .setting("sql_mode")
        .filter(setting -> of(setting) != UNKNOWN)
        .map(setting -> modes(setting).contains(mode) || modes(setting).contains("TRADITIONAL"));
  }

  private static List<String> modes(String setting) {
    return List.of(setting.toUpperCase(Locale.ROOT).strip().split("\\s*,\\s*", -1));
  }
}
