// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.sql.TypeName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A column's type in parts: `decimal(10,2) unsigned` is base, numbers and sign; an ENUM or SET has
/// its members.
record ColumnType(String base, List<Integer> numbers, boolean unsigned, List<String> members) {
  private static final Pattern SHAPE =
      Pattern.compile("\\s*+([a-z0-9_]++(?: precision)?)\\s*+(\\(.*\\))?([^()]*+)", Pattern.DOTALL);
  private static final Pattern MEMBER = Pattern.compile("'((?:[^'\\\\]|''|\\\\.)*+)'");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Set<String> LISTS = Set.of("enum", "set");
  private static final Map<String, Integer> INTEGER_BITS =
      Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);
  private static final Map<String, Long> CAPACITIES =
      Map.of(
          "tinytext", 255L,
          "text", 65_535L,
          "mediumtext", 16_777_215L,
          "longtext", 4_294_967_295L,
          "tinyblob", 255L,
          "blob", 65_535L,
          "mediumblob", 16_777_215L,
          "longblob", 4_294_967_295L);

  ColumnType {
    numbers = List.copyOf(numbers);
    members = List.copyOf(members);
  }

  /// As information_schema spells it.
  static ColumnType of(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    var shape = SHAPE.matcher(lower);
    if (!shape.matches()) {
      return new ColumnType(lower, List.of(), false, List.of());
    }
    var base = shape.group(1);
    var brackets = shape.group(2) == null ? "" : text.substring(shape.start(2), shape.end(2));
    var signs = shape.group(3);
    var unsigned = signs.contains("unsigned") || signs.contains("zerofill");
    return LISTS.contains(base)
        ? new ColumnType(base, List.of(), false, members(brackets))
        : new ColumnType(base, numbers(base, brackets), unsigned, List.of());
  }

  /// As the sheet has it.
  static ColumnType of(TypeName type) {
    var unsigned = type.name().endsWith(" unsigned");
    var base = unsigned ? type.name().replace(" unsigned", "") : type.name();
    if ((base.equals("text") || base.equals("blob")) && !type.modifiers().isEmpty()) {
      return of(sized(base, type.modifiers().getFirst()));
    }
    var fields = type.fields() == null ? "" : type.fields();
    var numbers =
        type.modifiers().isEmpty()
            ? ""
            : "(" + String.join(",", type.modifiers().stream().map(String::valueOf).toList()) + ")";
    return of(base + (fields.isEmpty() ? numbers : fields) + (unsigned ? " unsigned" : ""));
  }

  /// TEXT with a length becomes the smallest type that it fits into.
  private static String sized(String base, int length) {
    return length <= 255 ? "tiny" + base : length <= 65_535 ? base : "medium" + base;
  }

  private static List<String> members(String brackets) {
    var members = new ArrayList<String>();
    var member = MEMBER.matcher(brackets);
    while (member.find()) {
      members.add(member.group(1).replace("''", "'").stripTrailing());
    }
    return members;
  }

  private static List<Integer> numbers(String base, String brackets) {
    var numbers = new ArrayList<Integer>();
    var number = NUMBER.matcher(brackets);
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group()));
    }
    if (numbers.isEmpty()) {
      switch (base) {
        case "char", "binary", "bit" -> numbers.add(1);
        case "decimal" -> numbers.addAll(List.of(10, 0));
        case "datetime", "timestamp", "time" -> numbers.add(0);
        default -> {}
      }
    } else if (base.equals("decimal") && numbers.size() == 1) {
      numbers.add(0);
    }
    return numbers;
  }

  boolean isInteger() {
    return INTEGER_BITS.containsKey(base);
  }

  boolean isDecimal() {
    return base.equals("decimal");
  }

  boolean isFloating() {
    return base.equals("float") || base.equals("double");
  }

  boolean isNumber() {
    return isInteger() || isDecimal() || isFloating();
  }

  /// Characters, so that a character set matters; members of lists count as characters too.
  boolean isText() {
    return base.equals("char") || base.equals("varchar") || isLongText() || isList();
  }

  private boolean isLongText() {
    return base.endsWith("text");
  }

  boolean isBytes() {
    return base.equals("binary") || base.equals("varbinary") || base.endsWith("blob");
  }

  boolean isList() {
    return LISTS.contains(base);
  }

  boolean isTime() {
    return base.equals("datetime") || base.equals("timestamp") || base.equals("time");
  }

  /// The number in brackets, 0 without one.
  int length() {
    return numbers.isEmpty() ? 0 : numbers.getFirst();
  }

  int scale() {
    return numbers.size() < 2 ? 0 : numbers.get(1);
  }

  /// Most bytes of a TEXT or BLOB; 0 for types that have a length.
  long capacity() {
    return CAPACITIES.getOrDefault(base, 0L);
  }

  int bits() {
    return INTEGER_BITS.getOrDefault(base, 0);
  }

  /// The least value of a whole number, as SQL.
  String least() {
    return unsigned ? "0" : BigInteger.TWO.pow(bits() - 1).negate().toString();
  }

  /// The greatest value of a whole number, as SQL.
  String greatest() {
    var power = BigInteger.TWO.pow(unsigned ? bits() : bits() - 1);
    return power.subtract(BigInteger.ONE).toString();
  }

  /// Digits before the point that a number of this type can have.
  int wholeDigits() {
    return isInteger() ? greatest().length() : length() - scale();
  }

  @Override
  public String toString() {
    var text = new StringBuilder(base);
    if (!numbers.isEmpty() && !(isTime() && length() == 0)) {
      text.append('(')
          .append(String.join(",", numbers.stream().map(String::valueOf).toList()))
          .append(')');
    }
    return text.append(unsigned ? " unsigned" : "").toString();
  }
}
