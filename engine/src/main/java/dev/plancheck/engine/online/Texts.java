// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.Table.Column;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Character sets and collations of columns, as a server tells them apart.
record Texts(Server server) {
  /// Where the default collation is not the character set's `_general_ci`; utf8mb4 has its own.
  private static final Map<String, String> COLLATIONS =
      Map.of(
          "latin1", "latin1_swedish_ci",
          "swe7", "swe7_swedish_ci",
          "big5", "big5_chinese_ci",
          "gbk", "gbk_chinese_ci",
          "gb2312", "gb2312_chinese_ci",
          "gb18030", "gb18030_chinese_ci",
          "sjis", "sjis_japanese_ci",
          "ujis", "ujis_japanese_ci",
          "cp932", "cp932_japanese_ci",
          "binary", "binary");

  /// Null if it is not known.
  static @Nullable String charset(Column column) {
    var named = column.attributes().get("CHARACTER SET");
    var charset = named == null ? CharacterSets.ofCollation(column.collation()) : named;
    return charset == null ? null : CharacterSets.canonical(charset);
  }

  /// The most bytes that a character takes.
  static int bytes(String charset) {
    return CharacterSets.bytes(charset);
  }

  /// Whether one of character set and collation differs. Two columns of which nothing is known have
  /// what their table has.
  boolean differ(Column one, Column other) {
    return !Objects.equals(charset(one), charset(other))
        || !Objects.equals(collation(one), collation(other));
  }

  @Nullable String collation(Column column) {
    var charset = charset(column);
    if (column.collation() != null) {
      return CharacterSets.canonical(column.collation());
    }
    return charset == null ? null : usual(charset);
  }

  private String usual(String charset) {
    if (!charset.equals("utf8mb4")) {
      return COLLATIONS.getOrDefault(charset, charset + "_general_ci");
    }
    if (server.isMysql()) {
      return server.isAtLeast(8, 0, 1) ? "utf8mb4_0900_ai_ci" : "utf8mb4_general_ci";
    }
    return server.isAtLeast(11, 6, 0) ? "utf8mb4_uca1400_ai_ci" : "utf8mb4_general_ci";
  }
}
