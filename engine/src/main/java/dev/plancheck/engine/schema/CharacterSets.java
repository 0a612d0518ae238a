// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the names of character sets and collations of MySQL and MariaDB tell.
public final class CharacterSets {
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

  private static final Set<String> FOUR = Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
  private static final Set<String> THREE = Set.of("utf8mb3", "ujis", "eucjpms");
  private static final Set<String> TWO =
      Set.of("ucs2", "big5", "gbk", "gb2312", "euckr", "sjis", "cp932");

  private CharacterSets() {}

  /// The most bytes that a character takes.
  public static int bytes(String charset) {
    var name = canonical(charset);
    if (FOUR.contains(name)) {
      return 4;
    }
    return THREE.contains(name) ? 3 : TWO.contains(name) ? 2 : 1;
  }

  /// Whether a column of the type has a character set.
  public static boolean hasOne(String type) {
    return TEXTS.contains(type);
  }

  /// The character set that a collation belongs to: every collation begins with its name. Null for
  /// a name that tells none, as `uca1400_ai_ci` of MariaDB.
  public static @Nullable String ofCollation(@Nullable String collation) {
    if (collation == null || collation.startsWith("uca1400")) {
      return null;
    }
    var end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }

  /// One name for what has two: `utf8` is `utf8mb3`, in collations too.
  public static String canonical(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("utf8")) {
      return "utf8mb3";
    }
    return lower.startsWith("utf8_") ? "utf8mb3" + lower.substring("utf8".length()) : lower;
  }
}
