// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One value of a policy from its text. Every error says what was expected.
final class OptionValue {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9_]{0,17}");
  private static final Pattern AMOUNT = Pattern.compile("([0-9][0-9_]{0,17})\\s*([A-Za-z]*)");

  private OptionValue() {}

  /// Throws IllegalArgumentException with value and expectation.
  static Object parse(Class<?> type, String text) {
    if (type == int.class) {
      return Math.toIntExact(number(text));
    }
    if (type == long.class) {
      return number(text);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == String.class) {
      return text;
    }
    throw new IllegalArgumentException("a policy cannot set it");
  }

  static long number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(text + " (expected: a whole number)");
    }
    return Long.parseLong(text.replace("_", ""));
  }

  /// `500ms`, `5s`, `2min`, `1h`.
  static Duration duration(String text) {
    var matcher = AMOUNT.matcher(text);
    var unit = matcher.matches() ? timeUnit(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(text + " (expected: a time such as 500ms, 5s, 2min, 1h)");
    }
    return Duration.of(Long.parseLong(matcher.group(1).replace("_", "")), unit);
  }

  private static @Nullable ChronoUnit timeUnit(String word) {
    return switch (word) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "min" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> null;
    };
  }

  /// `10MB`, `1GB`, or a plain number of bytes; units are powers of 1024 as PostgreSQL has them.
  static long bytes(String text) {
    var matcher = AMOUNT.matcher(text);
    var shift =
        matcher.matches()
            ? switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
              case "", "B" -> 0;
              case "KB" -> 10;
              case "MB" -> 20;
              case "GB" -> 30;
              case "TB" -> 40;
              default -> -1;
            }
            : -1;
    if (shift < 0) {
      throw new IllegalArgumentException(text + " (expected: a size such as 10MB or 1GB)");
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1).replace("_", "")), 1L << shift);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text + " (expected: true or false)");
    };
  }
}
