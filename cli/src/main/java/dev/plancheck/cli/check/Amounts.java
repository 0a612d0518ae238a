// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.summary.AffectedRows;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as people read them, each with how it was obtained; unknown is a word, never 0.
final class Amounts {
  private static final String UNKNOWN = "unknown";

  private Amounts() {}

  static String affected(AffectedRows affected) {
    return switch (affected.method()) {
      case COUNTED -> rows(affected.rows());
      case ESTIMATED -> "~" + rows(affected.rows());
      case UPPER_BOUND -> "at most " + rows(affected.rows());
      case AT_LEAST -> "at least " + rows(affected.rows());
      case UNKNOWN -> UNKNOWN;
    };
  }

  /// The server's own estimate.
  static String estimate(@Nullable Long rows) {
    return rows == null ? UNKNOWN : "~" + rows(rows);
  }

  /// In units of 1024, as PostgreSQL has them.
  static String size(@Nullable Long bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    var units = new String[] {"B", "KB", "MB", "GB", "TB", "PB"};
    var unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  private static String rows(@Nullable Long rows) {
    return rows == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", rows);
  }
}
