// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How many bytes of a column an index of InnoDB holds at most: measured on MySQL 5.7 and 8.0 and
/// on MariaDB 10.11.
final class KeyBytes {
  private static final Map<String, Integer> FIXED =
      Map.of(
          "tinyint", 1,
          "smallint", 2,
          "mediumint", 3,
          "int", 4,
          "bigint", 8,
          "float", 4,
          "double", 8,
          "date", 3,
          "year", 1);

  private static final Set<String> BYTES = Set.of("binary", "varbinary");
  private static final Set<String> CHARACTERS = Set.of("char", "varchar");

  private KeyBytes() {}

  /// `least` is what it takes at least, where the character set is not known; `most` with any.
  record Size(int least, int most) {
    static final Size NONE = new Size(0, 0);

    static Size of(int bytes) {
      return new Size(bytes, bytes);
    }

    Size plus(Size other) {
      return new Size(least + other.least, most + other.most);
    }
  }

  /// `text` is that of the index, in which a length may stand behind the column. What is not known
  /// takes nothing.
  static Size of(Column column, Table table, Schema schema, String text) {
    var type = column.type().name();
    var fixed = FIXED.get(type.replace(" unsigned", "").replace(" zerofill", ""));
    if (fixed != null) {
      return Size.of(fixed);
    }
    var prefix = prefix(column.name(), text);
    var characters = CHARACTERS.contains(type) && !column.type().modifiers().isEmpty();
    if (BYTES.contains(type) && !column.type().modifiers().isEmpty()) {
      return Size.of(prefix > 0 ? prefix : column.type().modifiers().getFirst());
    }
    if (!characters && (prefix == 0 || !CharacterSets.hasOne(type))) {
      return type.endsWith("blob") ? Size.of(prefix) : Size.NONE;
    }
    var length = prefix > 0 ? prefix : column.type().modifiers().getFirst();
    var charset = charset(column, table, schema);
    return charset == null
        ? new Size(length, length * 4)
        : Size.of(length * CharacterSets.bytes(charset));
  }

  private static int prefix(String column, String text) {
    var found =
        Pattern.compile(
                "[(,\\s`\"]" + Pattern.quote(column) + "[`\"]?\\s*\\(\\s*(\\d{1,6})\\s*\\)",
                Pattern.CASE_INSENSITIVE)
            .matcher(text);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  private static @Nullable String charset(Column column, Table table, Schema schema) {
    var own = column.attributes().get("CHARACTER SET");
    if (own != null) {
      return own;
    }
    var collation = CharacterSets.ofCollation(column.collation());
    if (column.collation() != null) {
      return collation;
    }
    var tables = table.options().get("character set");
    if (tables != null) {
      return tables;
    }
    var collate = table.options().get("collate");
    return collate != null
        ? CharacterSets.ofCollation(collate)
        : schema.settings().get("character_set_database");
  }
}
