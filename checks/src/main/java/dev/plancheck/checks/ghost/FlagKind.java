// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.Optional;
import java.util.regex.Pattern;

/// What may stand behind a flag of gh-ost, and what gh-ost makes of a value out of range.
sealed interface FlagKind {
  Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  Pattern FRACTION = Pattern.compile("[+-]?([0-9]{1,18}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})");
  Pattern TRUTH = Pattern.compile("1|t|T|TRUE|true|True|0|f|F|FALSE|false|False");
  Pattern LOADS =
      Pattern.compile("[A-Za-z_]\\w{0,63}=[0-9]{1,18}(,[A-Za-z_]\\w{0,63}=[0-9]{1,18})*");
  Pattern HOSTS = Pattern.compile("[\\w.:\\[\\]-]{1,255}(,[\\w.:\\[\\]-]{1,255})*");

  /// gh-ost puts the value into the range without a word.
  record Clamped(long least, long most) implements FlagKind {}

  /// gh-ost refuses a value out of the range.
  record Bounded(long least, long most) implements FlagKind {}

  /// gh-ost keeps its own value if it is not above zero.
  record Positive() implements FlagKind {}

  /// A fraction that gh-ost puts into the range without a word.
  record Fraction(double least, double most) implements FlagKind {}

  /// As Go's ParseBool reads it.
  record Truth() implements FlagKind {}

  /// `Threads_running=25,Threads_connected=100`, or nothing.
  record Loads() implements FlagKind {}

  /// `host[:port],...`, or nothing.
  record Hosts() implements FlagKind {}

  /// What is expected, for messages.
  default String expected() {
    return switch (this) {
      case Clamped _, Positive _ -> "a whole number";
      case Bounded(var least, var most) ->
          most == Long.MAX_VALUE
              ? "a whole number >= %d".formatted(least)
              : "a whole number from %d to %d".formatted(least, most);
      case Fraction _ -> "a number";
      case Truth _ -> "true or false";
      case Loads _ -> "name=number,... as in Threads_running=25";
      case Hosts _ -> "host or host:port,...";
    };
  }

  /// Whether gh-ost takes the value at all.
  default boolean accepts(String value) {
    return switch (this) {
      case Clamped _, Positive _ -> WHOLE.matcher(value).matches();
      case Bounded(var least, var most) ->
          WHOLE.matcher(value).matches()
              && Long.parseLong(value) >= least
              && Long.parseLong(value) <= most;
      case Fraction _ -> FRACTION.matcher(value).matches();
      case Truth _ -> TRUTH.matcher(value).matches();
      case Loads _ -> value.isEmpty() || LOADS.matcher(value).matches();
      case Hosts _ -> value.isEmpty() || HOSTS.matcher(value).matches();
    };
  }

  /// The value that gh-ost uses in the place of an accepted one; empty if it is just that one.
  default Optional<String> instead(String value, String usual) {
    return switch (this) {
      case Clamped(var least, var most) -> {
        var wanted = Long.parseLong(value);
        var used = Math.clamp(wanted, least, most);
        yield used == wanted ? Optional.empty() : Optional.of(String.valueOf(used));
      }
      case Positive _ -> Long.parseLong(value) > 0 ? Optional.empty() : Optional.of(usual);
      case Fraction(var least, var most) -> {
        var wanted = Double.parseDouble(value);
        var used = Math.clamp(wanted, least, most);
        yield used == wanted ? Optional.empty() : Optional.of(String.valueOf(used));
      }
      case Bounded _, Truth _, Loads _, Hosts _ -> Optional.empty();
    };
  }
}
