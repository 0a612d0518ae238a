// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a time limit as PostgreSQL does (manual, "Parameter Names and Values").
final class Timeouts {
  private static final Pattern VALUE = Pattern.compile("([0-9.]+)\\s*([a-z]*)");

  private Timeouts() {}

  /// In seconds; without a unit it is milliseconds. What is no time at all counts as one second:
  /// the server will refuse it.
  static double seconds(String setting) {
    var value = VALUE.matcher(setting.strip().toLowerCase(Locale.ROOT));
    if (!value.matches()) {
      return 1;
    }
    try {
      var number = Double.parseDouble(value.group(1));
      return switch (value.group(2)) {
        case "us" -> number / 1_000_000;
        case "s" -> number;
        case "min" -> number * 60;
        case "h" -> number * 3600;
        case "d" -> number * 86_400;
        default -> number / 1000;
      };
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
