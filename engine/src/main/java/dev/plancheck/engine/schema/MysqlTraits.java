// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What MySQL and MariaDB keep with tables and columns besides names, types and keys: options,
/// attributes and the order of columns. Knows nothing of PostgreSQL's tables, which have none.
final class MysqlTraits {
  private static final String CHARSET = "character set";
  private static final String COLLATE = "collate";
  private static final String ROW_FORMAT = "row_format";

  private MysqlTraits() {}

  static boolean apply(Schema schema) {
    return schema.version().engine() != Engine.POSTGRESQL;
  }

  /// The column with what its definition says of comment, character set, ON UPDATE and visibility;
  /// what it leaves out of character set and collation is the table's.
  static Column column(Table table, Column column, ColumnDefinition definition) {
    var attributes = new TreeMap<String, String>();
    var comment = value(definition, "COMMENT");
    if (comment != null && !comment.isEmpty()) {
      attributes.put("COMMENT", comment);
    }
    var update = value(definition, "ON UPDATE");
    if (update != null) {
      attributes.put("ON UPDATE", update);
    }
    if (has(definition, "INVISIBLE")) {
      attributes.put("INVISIBLE", "");
    }
    var collation = column.collation();
    if (CharacterSets.hasOne(column.type().name())) {
      var charset = charset(table, definition);
      if (charset != null) {
        attributes.put("CHARACTER SET", charset);
      }
      collation = collation(table, definition, charset);
    }
    return column.withType(column.type(), collation).withAttributes(attributes);
  }

  private static @Nullable String charset(Table table, ColumnDefinition definition) {
    var written = value(definition, "CHARACTER SET");
    if (written != null) {
      return written;
    }
    var collation = definition.collation();
    var implied = CharacterSets.ofCollation(collation == null ? null : collation.name());
    return implied == null ? charset(table.options()) : implied;
  }

  private static @Nullable String charset(Map<String, String> options) {
    var charset = options.get(CHARSET);
    return charset == null ? CharacterSets.ofCollation(options.get(COLLATE)) : charset;
  }

  /// A character set that is written brings its own default collation, not the table's.
  private static @Nullable String collation(
      Table table, ColumnDefinition definition, @Nullable String charset) {
    var written = definition.collation();
    if (written != null) {
      return written.name();
    }
    if (has(definition, "BINARY") && charset != null) {
      return charset + "_bin";
    }
    return value(definition, "CHARACTER SET") == null ? table.options().get(COLLATE) : null;
  }

  /// The columns with one put where its definition says: FIRST, AFTER another, or in the place it
  /// has, which for a new one is the last.
  static List<Column> placed(List<Column> columns, Column column, ColumnDefinition definition) {
    var others = columns.stream().filter(c -> !c.name().equals(column.name())).toList();
    var placed = new ArrayList<>(others);
    var after = value(definition, "AFTER");
    if (has(definition, "FIRST")) {
      placed.addFirst(column);
      return placed;
    }
    for (var at = 0; at < columns.size(); at++) {
      var here = columns.get(at).name();
      if (here.equals(after)) {
        placed.add(others.indexOf(columns.get(at)) + 1, column);
        return placed;
      }
    }
    var old = columns.stream().map(Column::name).toList().indexOf(column.name());
    placed.add(old < 0 ? others.size() : old, column);
    return placed;
  }

  /// A table that has just been created: what its options leave out is taken from the settings, as
  /// far as they are known.
  static Table created(Schema schema, Table table, Map<String, String> written) {
    var settings = schema.settings();
    var options = new TreeMap<String, String>();
    put(options, "engine", settings.get("default_storage_engine"));
    put(options, ROW_FORMAT, settings.get("innodb_default_row_format"));
    put(options, CHARSET, settings.get("character_set_database"));
    put(options, COLLATE, settings.get("collation_database"));
    var made = table.withOptions(options);
    for (var option :
        List.of("engine", "key_block_size", ROW_FORMAT, CHARSET, COLLATE, "comment")) {
      var value = written.get(option);
      made = value == null ? made : withOption(schema, made, option, value);
    }
    return made;
  }

  private static void put(Map<String, String> options, String option, @Nullable String value) {
    if (value != null) {
      options.put(option, value.toLowerCase(Locale.ROOT));
    }
  }

  /// The table after an option was set; options that the model does not hold change nothing.
  static Table withOption(Schema schema, Table table, String option, String written) {
    var options = new TreeMap<>(table.options());
    var value = written.toLowerCase(Locale.ROOT);
    switch (option) {
      case "engine" -> options.put("engine", value);
      case ROW_FORMAT -> {
        options.remove(ROW_FORMAT);
        put(
            options,
            ROW_FORMAT,
            value.equals("default") ? schema.settings().get("innodb_default_row_format") : value);
      }
      case "key_block_size" -> put(options, ROW_FORMAT, value.equals("0") ? null : "compressed");
      case CHARSET -> setCharset(schema, options, value);
      case COLLATE -> {
        options.put(COLLATE, value);
        put(options, CHARSET, CharacterSets.ofCollation(value));
      }
      case "convert to character set" -> {
        setCharset(schema, options, value);
        return converted(table.withOptions(options));
      }
      case "convert to collate" -> {
        return converted(withOption(schema, table, COLLATE, value));
      }
      case "comment" -> {
        options.remove("comment");
        if (!written.isEmpty()) {
          options.put("comment", written);
        }
      }
      default -> {}
    }
    return table.withOptions(options);
  }

  /// The table after an action about its partitions, which come and go as a whole.
  static Table partitioned(Table table, String action) {
    return switch (action) {
      case "PARTITION BY" -> table.withKind(Table.Kind.PARTITIONED_TABLE);
      case "REMOVE PARTITIONING" -> table.withKind(Table.Kind.TABLE);
      default -> table;
    };
  }

  /// Without a collation of its own the character set brings its default one.
  private static void setCharset(Schema schema, Map<String, String> options, String value) {
    options.remove(COLLATE);
    options.remove(CHARSET);
    if (value.equals("default")) {
      put(options, CHARSET, schema.settings().get("character_set_database"));
      put(options, COLLATE, schema.settings().get("collation_database"));
    } else {
      options.put(CHARSET, value);
    }
  }

  /// All texts get the character set and collation of the table.
  private static Table converted(Table table) {
    var charset = charset(table.options());
    var columns = new ArrayList<Column>();
    for (var column : table.columns()) {
      if (CharacterSets.hasOne(column.type().name())) {
        var attributes = new TreeMap<>(column.attributes());
        attributes.remove("CHARACTER SET");
        put(attributes, "CHARACTER SET", charset);
        columns.add(
            column
                .withType(column.type(), table.options().get(COLLATE))
                .withAttributes(attributes));
      } else {
        columns.add(column);
      }
    }
    return table.withColumns(columns);
  }

  /// The keys that are left when a column goes: it is taken out of them, and those of it alone go
  /// with it. So it is with the indexes below.
  static List<Table.Constraint> constraintsWithout(Table table, String column) {
    var left = new ArrayList<Table.Constraint>();
    for (var constraint : table.constraints()) {
      var columns = constraint.columns().stream().filter(c -> !c.equals(column)).toList();
      if (columns.size() == constraint.columns().size()) {
        left.add(constraint);
      } else if (TableAlteration.hasIndex(constraint.kind()) && !columns.isEmpty()) {
        left.add(constraint.withColumns(columns, null));
      }
    }
    return left;
  }

  static List<Table.Index> indexesWithout(Table table, String column) {
    var left = new ArrayList<Table.Index>();
    for (var index : table.indexes()) {
      var columns = new ArrayList<@Nullable String>(index.columns());
      columns.removeIf(column::equals);
      if (!columns.isEmpty()) {
        left.add(index.withColumns(columns));
      }
    }
    return left;
  }

  private static boolean has(ColumnDefinition definition, String words) {
    return definition.constraints().stream()
        .anyMatch(c ->
            c instanceof ColumnConstraint.Attribute attribute && attribute.words().equals(words));
  }

  private static @Nullable String value(ColumnDefinition definition, String words) {
    for (var constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.Attribute(_, var found, var value, _)
          && found.equals(words)) {
        return value;
      }
    }
    return null;
  }
}
