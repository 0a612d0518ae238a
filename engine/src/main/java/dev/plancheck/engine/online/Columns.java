// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a column's definition and its place say.
final class Columns {
  /// The server takes the time of the statement for all rows.
  private static final Set<String> TIME =
      Set.of("current_timestamp", "now", "localtime", "localtimestamp");

  /// The next number of a sequence, which is no call.
  private static final Pattern SEQUENCE = Pattern.compile("(?i)\\bVALUE\\s+FOR\\b");

  private static final Set<String> KEPT_OTHERWISE =
      Set.of("COMPRESSED", "WITH SYSTEM VERSIONING", "WITHOUT SYSTEM VERSIONING");

  private Columns() {}

  /// Whether it tells from when, or until when, its row is valid.
  static boolean isVersion(ColumnDefinition definition) {
    return has(definition, Set.of("ROW START", "ROW END"));
  }

  /// Whether rows may hold it in another form, which the definition of before does not tell.
  static boolean isKeptOtherwise(ColumnDefinition definition) {
    return has(definition, KEPT_OTHERWISE);
  }

  private static boolean has(ColumnDefinition definition, Set<String> words) {
    return definition.constraints().stream()
        .anyMatch(c ->
            c instanceof ColumnConstraint.Attribute attribute && words.contains(attribute.words()));
  }

  static Generation generation(ColumnDefinition definition) {
    for (var constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.Generated(_, _, var stored, _)) {
        return stored ? Generation.STORED : Generation.VIRTUAL;
      }
      if (constraint instanceof ColumnConstraint.Identity) {
        return Generation.IDENTITY;
      }
    }
    return Generation.NONE;
  }

  /// Whether the rows that are there get a value that must be computed for them. MariaDB computes
  /// one that is the same for all rows once; MySQL none.
  static boolean hasComputedDefault(ColumnDefinition definition, Server server) {
    var expression = definition.defaultExpression();
    if (expression == null
        || expression.form() instanceof Expression.Form.Literal
        || isTime(expression)) {
      return false;
    }
    return server.isMysql()
        ? expression.text().startsWith("(")
        : !expression.functions().isEmpty()
            || !expression.columns().isEmpty()
            || SEQUENCE.matcher(expression.text()).find();
  }

  private static boolean isTime(Expression expression) {
    return expression.columns().isEmpty()
        && !expression.functions().isEmpty()
        && expression.functions().stream().map(ObjectName::name).allMatch(TIME::contains);
  }

  static boolean isPlaced(ColumnDefinition definition) {
    return definition.constraints().stream()
        .anyMatch(c ->
            c instanceof ColumnConstraint.Attribute attribute
                && (attribute.words().equals("FIRST") || attribute.words().equals("AFTER")));
  }

  /// Counted from 0; -1 if it is not there.
  static int place(@Nullable Table table, String column) {
    return table == null ? -1 : names(table).indexOf(column);
  }

  static boolean isLast(@Nullable Table table, String column) {
    return table != null
        && !table.columns().isEmpty()
        && table.columns().getLast().name().equals(column)
        && table.columns().size() > 1;
  }

  /// Whether the order of columns changes, names aside.
  static boolean moves(Table before, Table after, String from, String to) {
    var renamed = names(before).stream().map(name -> name.equals(from) ? to : name).toList();
    return !renamed.equals(names(after));
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }
}
