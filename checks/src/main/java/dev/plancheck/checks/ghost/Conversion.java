// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What becomes of a column's values under a new type, told by a condition that only values meet
/// which would not survive. gh-ost copies with INSERT IGNORE: where ALTER TABLE would stop with an
/// error, such a value is cut, clamped or emptied without a word.
sealed interface Conversion {
  /// Every value stays what it is.
  record Safe() implements Conversion {}

  /// Values that meet the condition, which is SQL, are changed.
  record Lossy(String condition) implements Conversion {}

  /// Values are rounded, as ALTER TABLE itself would round them.
  record Rounding() implements Conversion {}

  /// ENUM or SET members of before have other numbers: the binary log, and so gh-ost, has numbers.
  record Renumbered() implements Conversion {}

  Conversion SAFE = new Safe();

  /// `column` is quoted for SQL; `bytes` are those that one character takes at most before.
  static Conversion of(ColumnType before, ColumnType after, String column, int bytes) {
    if (before.equals(after)) {
      return SAFE;
    }
    if (after.isInteger() && before.isNumber()) {
      return toInteger(before, after, column);
    }
    if (after.isDecimal() && before.isNumber()) {
      return toDecimal(before, after, column);
    }
    if (after.isFloating() && before.isNumber()) {
      return toFloating(before, after, column);
    }
    if (after.isList()) {
      return toList(before, after, column);
    }
    if (after.isText()) {
      return toText(before, after, column, bytes);
    }
    if (after.isBytes() && (before.isBytes() || before.isText())) {
      return toBytes(before, after, column, bytes);
    }
    return before.isTime() && after.isTime()
        ? time(before, after, column)
        : other(before, after, column);
  }

  private static Conversion toInteger(ColumnType before, ColumnType after, String column) {
    var parts = new ArrayList<String>();
    if (!before.isInteger() && (before.isFloating() || before.scale() > 0)) {
      parts.add("%s <> ROUND(%s)".formatted(column, column));
    }
    var fits = fitsInto(before, after);
    if (!before.unsigned() && (after.unsigned() || !fits)) {
      parts.add("%s < %s".formatted(column, after.least()));
    }
    if (!fits && (!before.isInteger() || greater(before, after))) {
      parts.add("%s > %s".formatted(column, after.greatest()));
    }
    return parts.isEmpty() ? SAFE : new Lossy(String.join(" OR ", parts));
  }

  /// By the width alone, signs aside.
  private static boolean fitsInto(ColumnType before, ColumnType after) {
    return before.isInteger()
        ? before.unsigned() ? !greater(before, after) : before.bits() <= after.bits()
        : before.isDecimal() && before.wholeDigits() < after.greatest().length();
  }

  private static boolean greater(ColumnType before, ColumnType after) {
    return before.greatest().length() > after.greatest().length()
        || (before.greatest().length() == after.greatest().length()
            && before.greatest().compareTo(after.greatest()) > 0);
  }

  private static Conversion toDecimal(ColumnType before, ColumnType after, String column) {
    var parts = new ArrayList<String>();
    if (after.unsigned() && !before.unsigned()) {
      parts.add("%s < 0".formatted(column));
    }
    var rounds = before.isFloating() || (before.isDecimal() && before.scale() > after.scale());
    var fits =
        !before.isFloating()
            && (rounds
                ? before.wholeDigits() < after.wholeDigits()
                : before.wholeDigits() <= after.wholeDigits());
    if (!fits) {
      parts.add("ABS(ROUND(%s, %d)) >= 1e%d".formatted(column, after.scale(), after.wholeDigits()));
    }
    return parts.isEmpty() ? rounds ? new Rounding() : SAFE : new Lossy(String.join(" OR ", parts));
  }

  private static Conversion toFloating(ColumnType before, ColumnType after, String column) {
    var parts = new ArrayList<String>();
    if (after.unsigned() && !before.unsigned()) {
      parts.add("%s < 0".formatted(column));
    }
    if (before.isFloating() && after.base().equals("float") && before.base().equals("double")) {
      parts.add("ABS(%s) > 3.4e38".formatted(column));
    }
    if (!after.numbers().isEmpty()) {
      parts.add("ABS(%s) >= 1e%d".formatted(column, after.length() - after.scale()));
    }
    if (!parts.isEmpty()) {
      return new Lossy(String.join(" OR ", parts));
    }
    return before.isFloating() && before.base().equals(after.base())
        ? SAFE
        : inexact(before, after);
  }

  private static Conversion inexact(ColumnType before, ColumnType after) {
    var digits = after.base().equals("double") ? 15 : 6;
    var exact =
        before.isFloating()
            ? after.base().equals("double")
            : before.wholeDigits() + before.scale() <= digits;
    return exact ? SAFE : new Rounding();
  }

  private static Conversion toList(ColumnType before, ColumnType after, String column) {
    if (!before.base().equals(after.base())) {
      return after.base().equals("enum") && (before.isText() || before.isBytes())
          ? new Lossy("%s NOT IN (%s)".formatted(column, listed(after.members())))
          : other(before, after, column);
    }
    var removed = new ArrayList<>(before.members());
    removed.removeAll(after.members());
    if (!removed.isEmpty()) {
      return new Lossy(
          before.base().equals("enum")
              ? "%s IN (%s)".formatted(column, listed(removed))
              : removed.stream()
                  .map(member -> "FIND_IN_SET(%s, %s) > 0".formatted(literal(member), column))
                  .collect(Collectors.joining(" OR ")));
    }
    var same = after.members().subList(0, before.members().size()).equals(before.members());
    return same ? SAFE : new Renumbered();
  }

  private static Conversion toText(ColumnType before, ColumnType after, String column, int bytes) {
    if (before.isBytes()) {
      return other(before, after, column);
    }
    if (before.isList()) {
      var longest = longest(before);
      return after.capacity() > longest * (long) bytes || after.length() >= longest
          ? SAFE
          : new Lossy("CHAR_LENGTH(%s) > %d".formatted(column, after.length()));
    }
    if (after.capacity() > 0) {
      return mostBytes(before, bytes) <= after.capacity()
          ? SAFE
          : new Lossy("LENGTH(%s) > %d".formatted(column, after.capacity()));
    }
    var fits =
        switch (before.base()) {
          case "char", "varchar" -> before.length() <= after.length();
          case "date" -> after.length() >= 10;
          case "datetime", "timestamp" -> after.length() >= 26;
          case "time" -> after.length() >= 17;
          case "year" -> after.length() >= 4;
          default ->
              before.isInteger()
                  ? after.length() > before.greatest().length()
                  : before.isDecimal() && after.length() >= before.length() + 2;
        };
    return fits ? SAFE : new Lossy("CHAR_LENGTH(%s) > %d".formatted(column, after.length()));
  }

  /// Of an ENUM one member, of a SET all of them with commas.
  private static int longest(ColumnType list) {
    var lengths = list.members().stream().mapToInt(String::length);
    return list.base().equals("enum")
        ? lengths.max().orElse(0)
        : lengths.map(length -> length + 1).sum();
  }

  private static Conversion toBytes(ColumnType before, ColumnType after, String column, int bytes) {
    var most = after.capacity() > 0 ? after.capacity() : after.length();
    return mostBytes(before, bytes) <= most
        ? SAFE
        : new Lossy("LENGTH(%s) > %d".formatted(column, most));
  }

  private static long mostBytes(ColumnType before, int bytes) {
    if (before.capacity() > 0) {
      return before.capacity();
    }
    if (before.isText() || before.isBytes()) {
      return before.isBytes() ? before.length() : (long) before.length() * bytes;
    }
    return before.base().equals("json") ? Integer.MAX_VALUE : 100;
  }

  private static Conversion time(ColumnType before, ColumnType after, String column) {
    if (after.base().equals("timestamp") && before.base().equals("datetime")) {
      return new Lossy("%s < '1970-01-02' OR %s >= '2038-01-18'".formatted(column, column));
    }
    if (after.base().equals("time") != before.base().equals("time")) {
      return other(before, after, column);
    }
    return after.length() < before.length() ? new Rounding() : SAFE;
  }

  private static Conversion other(ColumnType before, ColumnType after, String column) {
    var pair = before.base() + " " + after.base();
    return switch (pair) {
      case "date datetime" -> SAFE;
      case "date timestamp" ->
          new Lossy("%s < '1970-01-02' OR %s >= '2038-01-18'".formatted(column, column));
      case "bit bit" ->
          after.length() >= before.length()
              ? SAFE
              : new Lossy("%s >= POW(2, %d)".formatted(column, after.length()));
      default -> cast(before, after, column);
    };
  }

  private static Conversion cast(ColumnType before, ColumnType after, String column) {
    if (before.isText() && after.isInteger()) {
      return new Lossy(
          "%s NOT REGEXP '^[+-]?[0-9]+$' OR %s < %s OR %s > %s"
              .formatted(column, column, after.least(), column, after.greatest()));
    }
    if (before.isText() && after.base().equals("json")) {
      return new Lossy("NOT JSON_VALID(%s)".formatted(column));
    }
    return before.base().equals(after.base()) && before.numbers().equals(after.numbers())
        ? SAFE
        : new Lossy("%s IS NOT NULL".formatted(column));
  }

  private static String listed(List<String> members) {
    return members.stream().map(Conversion::literal).collect(Collectors.joining(", "));
  }

  private static String literal(String member) {
    return "'" + member.replace("'", "''") + "'";
  }
}
