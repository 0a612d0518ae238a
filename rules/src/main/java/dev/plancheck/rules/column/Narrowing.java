// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.sql.TypeName;
import java.math.BigInteger;

/// Which values of one type of MySQL or MariaDB do not fit into another one.
final class Narrowing {
  private static final int DATE_CHARACTERS = 10;
  private static final int TIME_CHARACTERS = 19;

  private final TypeName from;
  private final TypeName to;

  private Narrowing(TypeName from, TypeName to) {
    this.from = from;
    this.to = to;
  }

  /// What is lost, as the subject of a sentence in the plural; empty if every value fits, or the
  /// types are not known. What becomes of the values of an ENUM or SET that stays one is not told
  /// here.
  static String of(TypeName from, TypeName to) {
    return new Narrowing(from, to).lost();
  }

  private String lost() {
    return switch (TypeKind.of(from)) {
      case INTEGER -> fromInteger();
      case DECIMAL -> fromDecimal();
      case FLOATING -> fromFloating();
      case TEXT -> fromText();
      case BYTES -> fromBytes();
      case ENUM, SET -> fromValues();
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR -> fromTemporal();
      case JSON -> fromJson();
      case BIT -> fromBits();
      case OTHER -> "";
    };
  }

  private String fromInteger() {
    return switch (TypeKind.of(to)) {
      case INTEGER -> outside(TypeKind.most(from), TypeKind.least(from));
      case DECIMAL -> {
        var digits = TypeKind.most(from).toString().length();
        yield TypeKind.whole(to) < digits ? longerThan(TypeKind.whole(to)) : negative();
      }
      case FLOATING -> rounded(TypeKind.most(from).bitLength());
      case TEXT, BYTES -> characters(TypeKind.least(from).toString().length());
      case BIT ->
          TypeKind.most(from).bitLength() > TypeKind.modifier(to, 0, 1) ? "larger numbers" : "";
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR -> "numbers that are no dates";
      case ENUM, SET -> "numbers that are no place in its list";
      case JSON, OTHER -> "";
    };
  }

  private String outside(BigInteger most, BigInteger least) {
    return most.compareTo(TypeKind.most(to)) > 0 || least.compareTo(TypeKind.least(to)) < 0
        ? "numbers outside of %s to %s".formatted(TypeKind.least(to), TypeKind.most(to))
        : "";
  }

  private static String longerThan(int digits) {
    return "numbers of more than %d digits before the point".formatted(digits);
  }

  private String negative() {
    return TypeKind.isUnsigned(to) && !TypeKind.isUnsigned(from) ? "negative numbers" : "";
  }

  /// FLOAT keeps 24 bits exactly, DOUBLE 53.
  private String rounded(int bits) {
    var kept = TypeKind.bare(to).equals("float") ? 24 : 53;
    return bits > kept
        ? "digits beyond the %s".formatted(kept == 24 ? "seventh" : "fifteenth")
        : "";
  }

  private String characters(int needed) {
    return TypeKind.size(to) < needed
        ? "numbers of more than %d characters".formatted(TypeKind.size(to))
        : "";
  }

  private String fromDecimal() {
    var whole = TypeKind.whole(from);
    return switch (TypeKind.of(to)) {
      case INTEGER ->
          TypeKind.scale(from) > 0
              ? "digits behind the point"
              : outside(
                  BigInteger.TEN.pow(whole),
                  TypeKind.isUnsigned(from) ? BigInteger.ZERO : BigInteger.TEN.pow(whole).negate());
      case DECIMAL ->
          whole > TypeKind.whole(to)
              ? longerThan(TypeKind.whole(to))
              : TypeKind.scale(from) > TypeKind.scale(to)
                  ? "digits behind the point, beyond %d,".formatted(TypeKind.scale(to))
                  : negative();
      case FLOATING -> "exact values, which become the nearest floating-point numbers,";
      case TEXT, BYTES -> characters(TypeKind.modifier(from, 0, 10) + 2);
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR, ENUM, SET, BIT -> "fractions and large numbers";
      case JSON, OTHER -> "";
    };
  }

  private String fromFloating() {
    return switch (TypeKind.of(to)) {
      case FLOATING ->
          TypeKind.bare(from).equals("double") && TypeKind.bare(to).equals("float")
              ? "digits beyond the seventh"
              : negative();
      case INTEGER -> "digits behind the point";
      case DECIMAL -> "digits that DECIMAL has no place for";
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR, ENUM, SET, BIT -> "fractions and large numbers";
      case TEXT, BYTES, JSON, OTHER -> "";
    };
  }

  private String fromText() {
    return switch (TypeKind.of(to)) {
      case TEXT -> fitsAsText() ? "" : longTexts();
      case BYTES -> TypeKind.bytes(from) > TypeKind.size(to) ? longTexts() : "";
      case INTEGER, DECIMAL, FLOATING, BIT -> "texts that are no numbers";
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR -> "texts that are no dates or times";
      case ENUM, SET -> "texts that are not in its list";
      case JSON -> "texts that are no JSON";
      case OTHER -> "";
    };
  }

  private boolean fitsAsText() {
    return TypeKind.countsCharacters(from) == TypeKind.countsCharacters(to)
        ? TypeKind.size(from) <= TypeKind.size(to)
        : TypeKind.bytes(from) <= TypeKind.size(to);
  }

  private String longTexts() {
    return "texts of more than %d %s"
        .formatted(TypeKind.size(to), TypeKind.countsCharacters(to) ? "characters" : "bytes");
  }

  private String fromBytes() {
    return switch (TypeKind.of(to)) {
      case BYTES ->
          TypeKind.size(from) > TypeKind.size(to)
              ? "values of more than %d bytes".formatted(TypeKind.size(to))
              : "";
      case TEXT -> "bytes that are no text in its character set";
      case INTEGER, DECIMAL, FLOATING -> "values that are no numbers";
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR -> "values that are no dates or times";
      case ENUM, SET, JSON -> "values that are not allowed there";
      case BIT, OTHER -> "";
    };
  }

  private String fromValues() {
    return switch (TypeKind.of(to)) {
      case INTEGER, DECIMAL, FLOATING -> "texts, of which only their places in the list stay,";
      case TEXT -> {
        var longest = EnumValues.of(from).stream().mapToInt(String::length).sum();
        var single = EnumValues.of(from).stream().mapToInt(String::length).max().orElse(0);
        var needed =
            TypeKind.of(from) == TypeKind.SET ? longest + EnumValues.of(from).size() : single;
        yield TypeKind.size(to) < needed ? longTexts() : "";
      }
      case ENUM -> TypeKind.of(from) == TypeKind.SET ? "rows with several values" : "";
      case DATE, DATETIME, TIMESTAMP, TIME, YEAR -> "texts that are no dates or times";
      case SET, BYTES, JSON, BIT, OTHER -> "";
    };
  }

  private String fromTemporal() {
    var kind = TypeKind.of(from);
    return switch (TypeKind.of(to)) {
      case DATE -> hasTime(kind) ? "times of day" : kind == TypeKind.DATE ? "" : "days";
      case DATETIME ->
          kind == TypeKind.TIME ? "times without a day" : hasTime(kind) ? fractions() : "";
      case TIMESTAMP ->
          kind == TypeKind.TIMESTAMP
              ? fractions()
              : kind == TypeKind.TIME
                  ? "times without a day"
                  : "times before 1970 or behind the end of TIMESTAMP (January 2038, since MariaDB"
                      + " 11.5 2106)";
      case TIME -> kind == TypeKind.TIME ? fractions() : "days";
      case YEAR -> kind == TypeKind.YEAR ? "" : "months and days";
      case TEXT -> {
        var needed =
            kind == TypeKind.DATE || kind == TypeKind.TIME ? DATE_CHARACTERS : TIME_CHARACTERS;
        yield kind != TypeKind.YEAR && TypeKind.size(to) < needed ? longTexts() : "";
      }
      case INTEGER -> kind == TypeKind.YEAR ? "" : "dates, which become plain numbers,";
      case DECIMAL, FLOATING, BYTES, ENUM, SET, JSON, BIT, OTHER -> "";
    };
  }

  private static boolean hasTime(TypeKind kind) {
    return kind == TypeKind.DATETIME || kind == TypeKind.TIMESTAMP;
  }

  private String fractions() {
    return TypeKind.fraction(from) > TypeKind.fraction(to) ? "fractions of seconds" : "";
  }

  private String fromJson() {
    return switch (TypeKind.of(to)) {
      case TEXT, BYTES -> TypeKind.size(to) < TypeKind.size(from) ? longTexts() : "";
      case INTEGER, DECIMAL, FLOATING, BIT -> "documents that are no numbers";
      case ENUM, SET, DATE, DATETIME, TIMESTAMP, TIME, YEAR -> "documents";
      case JSON, OTHER -> "";
    };
  }

  private String fromBits() {
    return TypeKind.of(to) == TypeKind.BIT
            && TypeKind.modifier(from, 0, 1) > TypeKind.modifier(to, 0, 1)
        ? "bits beyond the first %d".formatted(TypeKind.modifier(to, 0, 1))
        : "";
  }
}
