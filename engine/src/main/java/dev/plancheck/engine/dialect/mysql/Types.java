// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Column types, under the name that the server shows: `int unsigned`, `decimal(10,2)`. Where
/// versions show the same type in different ways, the shortest counts.
final class Types {
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("integer", "int"),
          Map.entry("int4", "int"),
          Map.entry("int8", "bigint"),
          Map.entry("int2", "smallint"),
          Map.entry("int1", "tinyint"),
          Map.entry("int3", "mediumint"),
          Map.entry("middleint", "mediumint"),
          Map.entry("dec", "decimal"),
          Map.entry("numeric", "decimal"),
          Map.entry("fixed", "decimal"),
          Map.entry("float4", "float"),
          Map.entry("float8", "double"),
          Map.entry("real", "double"),
          Map.entry("character", "char"),
          Map.entry("nchar", "char"),
          Map.entry("nvarchar", "varchar"),
          Map.entry("bool", "tinyint"),
          Map.entry("boolean", "tinyint"),
          Map.entry("long", "mediumtext"));

  private static final List<Integer> FLAG = List.of(1);

  /// A FLOAT of more binary digits is a DOUBLE.
  private static final int FLOAT_DIGITS = 24;

  private static final Set<String> NATIONAL = Set.of("NATIONAL");
  private static final Set<String> SECOND_WORDS =
      Set.of("PRECISION", "VARYING", "VARCHAR", "VARBINARY", "VARCHARACTER", "CHAR", "CHARACTER");

  private Types() {}

  static TypeName of(Reader reader) {
    if (reader.atAny(NATIONAL)) {
      reader.take();
    }
    var first = reader.take();
    if (first.kind() != Kind.WORD) {
      throw new NotLowered("the type " + reader.text(first));
    }
    var name = reader.text(first).toLowerCase(Locale.ROOT);
    var flag = name.equals("bool") || name.equals("boolean");
    while (reader.atAny(SECOND_WORDS) && !isCharacterSet(reader)) {
      var second = reader.word();
      reader.take();
      if (second.equals("VARYING")) {
        name = "varchar";
      } else if (second.startsWith("VARB")) {
        name = "mediumblob";
      }
    }
    var modifiers = new ArrayList<Integer>();
    var values = brackets(reader, modifiers);
    if (flag) {
      modifiers.add(1);
    }
    var shown = SYNONYMS.getOrDefault(name, name);
    var signs = signs(reader);
    if (shown.equals("float") && modifiers.size() == 1) {
      shown = modifiers.getFirst() > FLOAT_DIGITS ? "double" : "float";
      modifiers.clear();
    }
    return new TypeName(
        null, shown + signs, filledIn(shown, signs.isEmpty(), modifiers), values, false);
  }

  /// TEXT CHARACTER SET latin1 has no second word.
  private static boolean isCharacterSet(Reader reader) {
    return reader.at("CHARACTER", "SET") || reader.at("CHAR", "SET");
  }

  /// The modifiers as the server keeps them: what is left out is filled in, and what only tells how
  /// wide a client shows a number is gone. `tinyint(1)` alone keeps its width, for a flag.
  private static List<Integer> filledIn(String name, boolean signed, List<Integer> written) {
    return switch (name) {
      case "tinyint" -> signed && written.equals(FLAG) ? FLAG : List.of();
      case "smallint", "mediumint", "int", "bigint", "year" -> List.of();
      case "tinytext", "text", "mediumtext", "longtext", "json" -> List.of();
      case "char", "binary", "bit" -> written.isEmpty() ? List.of(1) : written;
      case "decimal" ->
          switch (written.size()) {
            case 0 -> List.of(10, 0);
            case 1 -> List.of(written.getFirst(), 0);
            default -> written;
          };
      case "time", "datetime", "timestamp" -> written.equals(List.of(0)) ? List.of() : written;
      default -> written;
    };
  }

  /// Numbers become modifiers; what an ENUM or SET lists is told as the server shows it.
  private static @Nullable String brackets(Reader reader, List<Integer> modifiers) {
    if (!reader.at("(")) {
      return null;
    }
    var from = reader.index();
    reader.skipBrackets();
    for (var at = from + 1; at < reader.index() - 1; at++) {
      var token = reader.token(at);
      if (token.kind() == Kind.NUMBER) {
        modifiers.add(number(reader.text(token)));
      } else if (token.kind() != Kind.SYMBOL) {
        modifiers.clear();
        return values(reader, from + 1, reader.index() - 1);
      }
    }
    return null;
  }

  /// `('new','it''s')`, however it was written.
  private static String values(Reader reader, int from, int to) {
    var values = new StringJoiner(",", "(", ")");
    for (var at = from; at < to; at++) {
      var token = reader.token(at);
      if (token.kind() != Kind.SYMBOL) {
        values.add("'" + Literals.value(reader.text(token)).replace("'", "''") + "'");
      }
    }
    return values.toString();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new NotLowered("the length " + text);
    }
  }

  private static String signs(Reader reader) {
    var unsigned = false;
    while (reader.at("UNSIGNED") || reader.at("SIGNED") || reader.at("ZEROFILL")) {
      unsigned |= !reader.at("SIGNED");
      reader.take();
    }
    return unsigned ? " unsigned" : "";
  }
}
