// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.text.Span;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What MODIFY and CHANGE change of a column, but for its name and place.
record ColumnChange(Server server, TableFacts facts, Map<String, String> settings, Needs needs) {
  private static final Set<String> LISTS = Set.of("enum", "set");

  void compare(Column old, Column changed, ColumnDefinition definition, Span span) {
    var name = changed.name();
    if (generated(old, changed, span)) {
      return;
    }
    var types = new Types(server, facts);
    switch (types.compare(old, changed)) {
      case Types.Answer.Same _ -> {}
      case Types.Answer.Is(var operation) ->
          needs.add(
              operation,
              span,
              "the type of %s goes from %s to %s".formatted(name, old.type(), changed.type()));
      case Types.Answer.NotKnown(var why) -> needs.missing(span, why);
    }
    if (CharacterSets.hasOne(old.type().name()) && CharacterSets.hasOne(changed.type().name())) {
      text(old, changed, span);
    }
    nulls(old, changed, definition, span);
    counting(old, changed, span);
  }

  /// True if nothing else has to be compared.
  private boolean generated(Column old, Column changed, Span span) {
    var from = isGenerated(old) ? old.generation() : Generation.NONE;
    var to = isGenerated(changed) ? changed.generation() : Generation.NONE;
    if (from == to && to != Generation.VIRTUAL) {
      if (to == Generation.STORED) {
        needs.add(Operation.COPY, span, "stored %s is computed anew".formatted(changed.name()));
      }
      return to == Generation.STORED;
    }
    if (from != to) {
      needs.add(Operation.COPY, span, "how %s gets its values changes".formatted(changed.name()));
      return true;
    }
    needs.add(
        Operation.CHANGE_VIRTUAL_EXPRESSION,
        span,
        "virtual %s is defined anew".formatted(changed.name()));
    return false;
  }

  private static boolean isGenerated(Column column) {
    return column.generation() == Generation.STORED || column.generation() == Generation.VIRTUAL;
  }

  private void text(Column old, Column changed, Span span) {
    var from = Texts.charset(old);
    var to = Texts.charset(changed);
    var texts = new Texts(server);
    if (!texts.differ(old, changed)) {
      return;
    }
    if (from == null || to == null) {
      needs.missing(span, "which character set %s has is not known".formatted(changed.name()));
      return;
    }
    var indexed = facts.isIndexed(old.name());
    var list = LISTS.contains(changed.type().name());
    if (!from.equals(to)) {
      var grows = from.equals("utf8mb3") && to.equals("utf8mb4") && !list;
      needs.add(
          !grows
              ? Operation.COPY
              : indexed ? Operation.INDEXED_UTF8_TO_UTF8MB4 : Operation.UTF8_TO_UTF8MB4,
          span,
          "the character set of %s goes from %s to %s".formatted(changed.name(), from, to));
    } else {
      needs.add(
          list
              ? Operation.LIST_COLLATION
              : indexed ? Operation.INDEXED_COLLATION : Operation.COLLATION,
          span,
          "the collation of %s goes from %s to %s"
              .formatted(changed.name(), texts.collation(old), texts.collation(changed)));
    }
  }

  private void nulls(Column old, Column changed, ColumnDefinition definition, Span span) {
    var notNull = changed.notNull() || isNotNullByItsType(definition);
    if (old.notNull() == notNull) {
      return;
    }
    if (notNull) {
      var strict = isStrict();
      var operation =
          server.isMariadb() && facts.hasIndexedVirtualColumn()
              ? Operation.COPY
              : strict ? Operation.SET_NOT_NULL : Operation.SET_NOT_NULL_WITHOUT_STRICT_MODE;
      needs.add(
          operation,
          span,
          "%s becomes NOT NULL%s".formatted(changed.name(), strict ? "" : " without strict mode"));
    } else {
      needs.add(
          facts.hasRedundantRows() ? Operation.SET_NULL_IN_REDUNDANT_ROWS : Operation.SET_NULL,
          span,
          "%s may become NULL".formatted(changed.name()));
    }
  }

  /// A TIMESTAMP is NOT NULL unless the server is told that definitions mean what they say.
  private boolean isNotNullByItsType(ColumnDefinition definition) {
    var since = server.isMariadb() ? server.isAtLeast(10, 10, 0) : server.isAtLeast(8, 0, 2);
    var explicit = settings.getOrDefault("explicit_defaults_for_timestamp", since ? "1" : "0");
    return definition.type().name().equals("timestamp")
        && Set.of("0", "OFF", "off").contains(explicit)
        && definition.constraints().stream().noneMatch(ColumnConstraint.Null.class::isInstance);
  }

  private boolean isStrict() {
    var mode = settings.get("sql_mode");
    return mode == null
        || Objects.requireNonNull(mode).toUpperCase(Locale.ROOT).contains("STRICT_")
        || mode.toUpperCase(Locale.ROOT).contains("TRADITIONAL");
  }

  private void counting(Column old, Column changed, Span span) {
    var before = old.generation() == Generation.IDENTITY;
    var after = changed.generation() == Generation.IDENTITY;
    if (!before && after) {
      needs.add(Operation.COPY, span, "%s becomes AUTO_INCREMENT".formatted(changed.name()));
    } else if (before && !after) {
      needs.add(
          Operation.STOP_COUNTING, span, "%s is AUTO_INCREMENT no more".formatted(changed.name()));
    }
  }
}
