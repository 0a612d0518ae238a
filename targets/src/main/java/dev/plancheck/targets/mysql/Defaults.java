// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A column's default as SQL writes it. MariaDB shows it so; MySQL shows the value alone, and tells
/// by the column what it means.
record Defaults(ServerVersion version, String type) {
  private static final Set<String> NUMBERS =
      Set.of(
          "tinyint",
          "smallint",
          "mediumint",
          "int",
          "bigint",
          "decimal",
          "float",
          "double",
          "bit",
          "year");
  private static final Set<String> TIMES = Set.of("datetime", "timestamp");

  /// Null if there is none; `extra` in upper case.
  @Nullable String text(@Nullable String shown, String extra) {
    if (shown == null) {
      return null;
    }
    if (version.isMariadb()) {
      return shown.equals("NULL") ? null : times(shown);
    }
    if (isTime(shown)) {
      return times(shown);
    }
    if (extra.contains("DEFAULT_GENERATED")) {
      return "(" + shown + ")";
    }
    return NUMBERS.contains(type.replace(" unsigned", ""))
        ? shown
        : "'" + shown.replace("'", "''") + "'";
  }

  private boolean isTime(String shown) {
    return TIMES.contains(type) && shown.toUpperCase(Locale.ROOT).startsWith("CURRENT_TIMESTAMP");
  }

  /// `current_timestamp()` and `CURRENT_TIMESTAMP` are the same.
  private static String times(String shown) {
    var upper = shown.toUpperCase(Locale.ROOT);
    return upper.startsWith("CURRENT_TIMESTAMP") ? upper.replace("()", "") : shown;
  }
}
