// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.sql.TypeName;
import java.math.BigInteger;
import java.util.Map;

/// What the types of MySQL and MariaDB are for, and how much of it they hold.
enum TypeKind {
  INTEGER,
  DECIMAL,
  FLOATING,
  TEXT,
  BYTES,
  ENUM,
  SET,
  DATE,
  DATETIME,
  TIMESTAMP,
  TIME,
  YEAR,
  JSON,
  BIT,
  OTHER;

  private static final Map<String, Integer> BITS =
      Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);

  private static final Map<String, Long> SIZES =
      Map.of(
          "tinytext", 255L,
          "text", 65_535L,
          "mediumtext", 16_777_215L,
          "longtext", 4_294_967_295L,
          "tinyblob", 255L,
          "blob", 65_535L,
          "mediumblob", 16_777_215L,
          "longblob", 4_294_967_295L,
          "json", 4_294_967_295L);

  private static final String UNSIGNED = " unsigned";

  static TypeKind of(TypeName type) {
    return switch (bare(type)) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> INTEGER;
      case "decimal" -> DECIMAL;
      case "float", "double" -> FLOATING;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> TEXT;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> BYTES;
      case "enum" -> ENUM;
      case "set" -> SET;
      case "date" -> DATE;
      case "datetime" -> DATETIME;
      case "timestamp" -> TIMESTAMP;
      case "time" -> TIME;
      case "year" -> YEAR;
      case "json" -> JSON;
      case "bit" -> BIT;
      default -> OTHER;
    };
  }

  boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == FLOATING;
  }

  boolean isTemporal() {
    return this == DATE || this == DATETIME || this == TIMESTAMP || this == TIME || this == YEAR;
  }

  /// The name without a sign.
  static String bare(TypeName type) {
    return type.name().replace(UNSIGNED, "");
  }

  static boolean isUnsigned(TypeName type) {
    return type.name().endsWith(UNSIGNED);
  }

  /// The largest value of an integer type.
  static BigInteger most(TypeName type) {
    var bits = BITS.getOrDefault(bare(type), 64) - (isUnsigned(type) ? 0 : 1);
    return BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
  }

  static BigInteger least(TypeName type) {
    return isUnsigned(type) ? BigInteger.ZERO : most(type).add(BigInteger.ONE).negate();
  }

  /// Digits before the point of a DECIMAL.
  static int whole(TypeName type) {
    return modifier(type, 0, 10) - scale(type);
  }

  /// Digits behind the point of a DECIMAL.
  static int scale(TypeName type) {
    return modifier(type, 1, 0);
  }

  /// Digits behind the second.
  static int fraction(TypeName type) {
    return modifier(type, 0, 0);
  }

  static int modifier(TypeName type, int index, int usual) {
    return type.modifiers().size() > index ? type.modifiers().get(index) : usual;
  }

  /// Whether a text's length is counted in characters, not in bytes.
  static boolean countsCharacters(TypeName type) {
    return bare(type).equals("char") || bare(type).equals("varchar");
  }

  /// Characters or bytes that fit into a text, a byte string or a document.
  static long size(TypeName type) {
    var size = SIZES.get(bare(type));
    return size == null ? modifier(type, 0, 1) : size;
  }

  /// Bytes that a text takes at most: four for each character.
  static long bytes(TypeName type) {
    return countsCharacters(type) ? Math.min(size(type) * 4, 65_535) : size(type);
  }
}
