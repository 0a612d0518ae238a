// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.mysql.CatalogueText;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Index;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Columns, indexes, constraints and options of one table. Names of columns, indexes and
/// constraints are in lower case, as the servers compare them.
record TableParts(Catalogue catalogue, ServerVersion version, Named named, TableId id) {
  private static final Set<String> USUAL_RULES = Set.of("RESTRICT", "NO ACTION");
  private static final Pattern QUOTED = Pattern.compile("`((?:[^`]|``)+)`");
  private static final Pattern ON_UPDATE = Pattern.compile("(?i)on update (\\S+)");

  /// Kept elsewhere, or told by partitions.
  private static final Pattern KEPT_ELSEWHERE =
      Pattern.compile("(?i)row_format=\\w+|\\bpartitioned\\b");

  private static final String PRIMARY = "PRIMARY";

  List<Column> columns() {
    return catalogue.rows(Catalogue.COLUMN, id).stream().map(this::column).toList();
  }

  List<Index> indexes() {
    return keys().values().stream()
        .map(this::index)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  List<Constraint> constraints() {
    var constraints = new ArrayList<Constraint>();
    keys()
        .forEach((name, parts) -> {
          if (Catalogue.value(parts.getFirst(), 0).equals("0")) {
            var kind = name.equals(PRIMARY) ? ConstraintKind.PRIMARY_KEY : ConstraintKind.UNIQUE;
            constraints.add(constraint(name, kind, columns(parts)));
          }
        });
    catalogue.rows(Catalogue.FOREIGN_KEY, id).forEach(key -> constraints.add(foreignKey(key)));
    catalogue.rows(Catalogue.CHECK, id).forEach(check -> constraints.add(check(check)));
    constraints.sort((a, b) -> a.name().compareTo(b.name()));
    return constraints;
  }

  /// What the server keeps with the table; its number of the next row is no part of that.
  SortedMap<String, String> options() {
    var table = Objects.requireNonNull(catalogue.row(Catalogue.TABLE, id));
    var options = new TreeMap<String, String>();
    put(options, "engine", lower(Catalogue.value(table, 1)));
    put(options, "row_format", lower(Catalogue.value(table, 2)));
    var collation = CharacterSets.canonical(Catalogue.value(table, 6));
    put(options, "collate", collation);
    put(
        options,
        "character set",
        Objects.requireNonNullElse(CharacterSets.ofCollation(collation), ""));
    put(
        options,
        "create options",
        lower(
            KEPT_ELSEWHERE
                .matcher(Catalogue.value(table, 7))
                .replaceAll("")
                .strip()
                .replaceAll("\\s+", " ")));
    put(options, "comment", Catalogue.value(table, 8));
    put(options, "partitions", partitions());
    var versions = catalogue.row(Catalogue.ROW_VERSIONS, id);
    if (versions != null) {
      put(options, "row versions", Catalogue.value(versions, 0));
    }
    return options;
  }

  private static void put(Map<String, String> options, String key, String value) {
    if (!value.isEmpty()) {
      options.put(key, value);
    }
  }

  /// Each partition once, however many subpartitions it has.
  private String partitions() {
    var found = new LinkedHashMap<String, String>();
    var head = "";
    for (var row : catalogue.rows(Catalogue.PARTITION, id)) {
      head =
          "%s (%s) %s %s"
              .formatted(
                  Catalogue.value(row, 0),
                  Catalogue.value(row, 1),
                  Catalogue.value(row, 3),
                  Catalogue.value(row, 4))
              .strip();
      found.putIfAbsent(
          Catalogue.name(row), (Catalogue.name(row) + " " + Catalogue.value(row, 2)).strip());
    }
    return found.isEmpty() ? "" : head + ": " + String.join(", ", found.values());
  }

  private Column column(Row row) {
    var extra = Catalogue.value(row, 3).toUpperCase(Locale.ROOT);
    var generation = generation(extra);
    var collation = Catalogue.valueOrNull(row, 5);
    var type = CatalogueText.type(Catalogue.value(row, 0), version.version());
    return new Column(
        lower(Catalogue.name(row)),
        type,
        Catalogue.value(row, 1).equals("NO"),
        generation == Generation.STORED || generation == Generation.VIRTUAL
            ? here(Catalogue.value(row, 7))
            : new Defaults(version, type.name()).text(Catalogue.valueOrNull(row, 2), extra),
        generation,
        collation == null ? null : CharacterSets.canonical(collation),
        attributes(row));
  }

  private static Generation generation(String extra) {
    if (extra.contains("AUTO_INCREMENT")) {
      return Generation.IDENTITY;
    }
    if (extra.contains("STORED GENERATED") || extra.contains("PERSISTENT")) {
      return Generation.STORED;
    }
    return extra.contains("VIRTUAL GENERATED") ? Generation.VIRTUAL : Generation.NONE;
  }

  private static SortedMap<String, String> attributes(Row row) {
    var attributes = new TreeMap<String, String>();
    put(attributes, "COMMENT", Catalogue.value(row, 6));
    put(attributes, "CHARACTER SET", CharacterSets.canonical(Catalogue.value(row, 4)));
    var extra = Catalogue.value(row, 3);
    var update = ON_UPDATE.matcher(extra);
    if (update.find()) {
      attributes.put("ON UPDATE", update.group(1).toUpperCase(Locale.ROOT).replace("()", ""));
    }
    if (extra.toUpperCase(Locale.ROOT).contains("INVISIBLE")) {
      attributes.put("INVISIBLE", "");
    }
    return attributes;
  }

  /// The parts of each index, in order.
  private Map<String, List<Row>> keys() {
    var keys = new LinkedHashMap<String, List<Row>>();
    for (var part : catalogue.rows(Catalogue.INDEX_PART, id)) {
      keys.computeIfAbsent(Catalogue.name(part), _ -> new ArrayList<>()).add(part);
    }
    return keys;
  }

  private Index index(List<Row> parts) {
    var first = parts.getFirst();
    var method = lower(Catalogue.value(first, 3));
    var primary = Catalogue.name(first).equals(PRIMARY);
    return new Index(
        lower(Catalogue.name(first)),
        method.equals("rtree") ? "spatial" : method,
        parts.stream().map(TableParts::columnOf).toList(),
        Catalogue.value(first, 0).equals("0"),
        primary,
        false,
        true,
        definition(parts));
  }

  /// Lengths of prefixes, expressions, directions, and whether queries may use it; null for a plain
  /// one.
  private @Nullable String definition(List<Row> parts) {
    var words = new ArrayList<String>();
    var plain = true;
    for (var part : parts) {
      var column = columnOf(part);
      var word = column == null ? "(" + here(Catalogue.value(part, 5)) + ")" : column;
      var length = Catalogue.value(part, 2);
      var descending = Catalogue.value(part, 4).equals("D");
      // A spatial index always has a length.
      var prefix = !length.isEmpty() && !Catalogue.value(part, 3).equals("SPATIAL");
      plain &= column != null && !prefix && !descending;
      words.add(word + (prefix ? "(" + length + ")" : "") + (descending ? " desc" : ""));
    }
    var invisible = Catalogue.value(parts.getFirst(), 6).equals("NO");
    var comment = Catalogue.value(parts.getFirst(), 7);
    if (plain && !invisible && comment.isEmpty()) {
      return null;
    }
    return String.join(", ", words)
        + (invisible ? "; invisible" : "")
        + (comment.isEmpty() ? "" : "; " + comment);
  }

  private static @Nullable String columnOf(Row part) {
    var column = Catalogue.valueOrNull(part, 1);
    return column == null ? null : lower(column);
  }

  private static List<String> columns(List<Row> parts) {
    var columns = new ArrayList<String>();
    for (var part : parts) {
      var column = columnOf(part);
      if (column != null) {
        columns.add(column);
      }
    }
    return columns;
  }

  private Constraint foreignKey(Row key) {
    var name = Catalogue.name(key);
    var columns = new ArrayList<String>();
    var referenced = new ArrayList<String>();
    for (var column : catalogue.rows(Catalogue.KEY_COLUMN, id)) {
      if (Catalogue.name(column).equals(name)) {
        columns.add(lower(Catalogue.value(column, 0)));
        referenced.add(lower(Catalogue.value(column, 3)));
      }
    }
    var parent = catalogue.spelling().id(Catalogue.value(key, 2), Catalogue.value(key, 3));
    return new Constraint(
        lower(name),
        ConstraintKind.FOREIGN_KEY,
        true,
        columns,
        null,
        named.nameOf(parent),
        referenced,
        rules(Catalogue.value(key, 0), Catalogue.value(key, 1)));
  }

  private static @Nullable String rules(String update, String delete) {
    var words = new ArrayList<String>();
    if (!USUAL_RULES.contains(delete)) {
      words.add("on delete " + lower(delete));
    }
    if (!USUAL_RULES.contains(update)) {
      words.add("on update " + lower(update));
    }
    return words.isEmpty() ? null : String.join(" ", words);
  }

  /// One that is not enforced counts as not validated.
  private Constraint check(Row check) {
    var clause = here(Catalogue.value(check, 0));
    var all = catalogue.rows(Catalogue.COLUMN, id).stream().map(c -> lower(Catalogue.name(c)));
    var own = all.collect(Collectors.toSet());
    var columns =
        QUOTED
            .matcher(clause)
            .results()
            .map(found -> lower(found.group(1)))
            .filter(own::contains)
            .distinct()
            .toList();
    return new Constraint(
        lower(Catalogue.name(check)),
        ConstraintKind.CHECK,
        !Catalogue.value(check, 1).equals("NO"),
        columns,
        null,
        null,
        List.of(),
        clause);
  }

  private static Constraint constraint(String name, ConstraintKind kind, List<String> columns) {
    return new Constraint(lower(name), kind, true, columns, null, null, List.of(), null);
  }

  /// A text of the server without the name of the session's own database.
  private String here(String text) {
    return text.replace(Literals.name(named.home()) + ".", "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
