// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Indexes and constraints that come and go.
final class KeyActions {
  private static final String PRIMARY = "primary";
  private static final Set<String> OFF = Set.of("0", "off", "OFF", "false", "FALSE");

  private final Server server;
  private final TableFacts facts;
  private final Statement.AlterTable alter;
  private final boolean checksForeignKeys;
  private final Needs needs;

  KeyActions(
      Server server, TableFacts facts, Statement.AlterTable alter, Schema schema, Needs needs) {
    this.server = server;
    this.facts = facts;
    this.alter = alter;
    this.checksForeignKeys =
        !OFF.contains(schema.settings().getOrDefault("foreign_key_checks", "1"));
    this.needs = needs;
  }

  void add(TableConstraint constraint, Span span, @Nullable Table before) {
    switch (constraint) {
      case TableConstraint.PrimaryKey(_, var columns, _, _) ->
          needs.add(
              Operation.ADD_PRIMARY_KEY, span, "a primary key on %s".formatted(columns(columns)));
      case TableConstraint.Unique(_, var columns, _, _) ->
          index("unique index", columns, span, before);
      case TableConstraint.Index(_, var method, var parts, _) -> {
        var columns =
            parts.stream().map(Statement.IndexPart::column).filter(Objects::nonNull).toList();
        switch (method) {
          case "fulltext" -> fulltext(columns, span);
          case "spatial" ->
              needs.add(
                  Operation.ADD_SPATIAL_INDEX,
                  span,
                  "a spatial index on %s".formatted(columns(columns)));
          case "btree", "hash" -> index("index", columns, span, before);
          default -> needs.missing(span, "how a %s index is built is not known".formatted(method));
        }
      }
      case TableConstraint.ForeignKey(_, var columns, _, _, _, _) -> foreignKey(columns, span);
      case TableConstraint.Check(_, _, var notEnforced, _) -> check(notEnforced, span);
      case TableConstraint.Exclude _, TableConstraint.NotNull _ ->
          needs.missing(span, "no constraint of MySQL or MariaDB is looked for here");
    }
  }

  private void index(String kind, List<String> columns, Span span, @Nullable Table before) {
    var fresh =
        before != null
            && columns.stream()
                .map(before::column)
                .flatMap(Optional::stream)
                .anyMatch(c -> c.generation() == Generation.VIRTUAL && isNew(c.name()));
    needs.add(
        fresh ? Operation.ADD_INDEX_ON_NEW_VIRTUAL_COLUMN : Operation.ADD_INDEX,
        span,
        "%s on %s".formatted(kind, columns(columns)));
  }

  private boolean isNew(String column) {
    return alter.actions().stream()
        .anyMatch(
            a -> a instanceof TableAction.AddColumn add && add.column().name().equals(column));
  }

  /// The first one gives the table a hidden column to tell rows by.
  private void fulltext(List<String> columns, Span span) {
    var first = !facts.hasIndex("fulltext");
    needs.add(
        first ? Operation.ADD_FIRST_FULLTEXT_INDEX : Operation.ADD_FULLTEXT_INDEX,
        span,
        "%s fulltext index on %s".formatted(first ? "the first" : "a", columns(columns)));
  }

  private void foreignKey(List<String> columns, Span span) {
    var what = "a foreign key on %s".formatted(columns(columns));
    if (checksForeignKeys) {
      needs.add(Operation.COPY, span, what + " that the rows are checked for");
      return;
    }
    needs.add(Operation.ADD_UNCHECKED_FOREIGN_KEY, span, what + " that no row is checked for");
    if (!facts.hasIndexOn(columns)) {
      needs.add(Operation.ADD_INDEX, span, "the index below it");
    }
  }

  private void check(boolean notEnforced, Span span) {
    if (notEnforced) {
      needs.add(Operation.TABLE_PROPERTY, span, "a CHECK that is not enforced");
    } else {
      needs.add(Operation.ADD_CHECK, span, "a CHECK");
    }
  }

  /// What is written behind the type of a column that is added, or redefined.
  void behind(ColumnDefinition definition, Span span, boolean added) {
    var columns = List.of(definition.name());
    for (var constraint : definition.constraints()) {
      switch (constraint) {
        case ColumnConstraint.PrimaryKey _ ->
            needs.add(Operation.ADD_PRIMARY_KEY, span, "a primary key on " + definition.name());
        case ColumnConstraint.Unique _ ->
            needs.add(Operation.ADD_INDEX, span, "unique index on " + definition.name());
        case ColumnConstraint.Check(_, _, var notEnforced, _) -> {
          // MariaDB holds the CHECK of a column against what is written, not against a new default.
          if (!(added && server.isMariadb())) {
            check(notEnforced, span);
          }
        }
        case ColumnConstraint.References _ -> {
          if (server.isMariadb() ? server.isAtLeast(10, 5, 0) : server.isAtLeast(9, 0, 0)) {
            foreignKey(columns, span);
          }
        }
        case ColumnConstraint.NotNull _,
            ColumnConstraint.Null _,
            ColumnConstraint.Default _,
            ColumnConstraint.Generated _,
            ColumnConstraint.Identity _,
            ColumnConstraint.Attribute _ -> {}
      }
    }
  }

  void drop(String name, Span span, @Nullable Table before) {
    if (name.equals(PRIMARY)) {
      dropIndex(name, span);
      return;
    }
    var known = before == null ? null : before.constraint(name).orElse(null);
    var kind = known == null ? ConstraintKind.FOREIGN_KEY : known.kind();
    var what = "constraint %s is dropped".formatted(name);
    switch (kind) {
      case CHECK -> needs.add(Operation.DROP_CHECK, span, what);
      case FOREIGN_KEY -> needs.add(Operation.DROP_FOREIGN_KEY, span, what);
      case UNIQUE, PRIMARY_KEY -> dropIndex(name, span);
      case EXCLUDE, NOT_NULL ->
          needs.missing(span, "no constraint of MySQL or MariaDB is looked for here");
    }
  }

  void dropIndex(String name, Span span) {
    if (!name.equals(PRIMARY)) {
      needs.add(Operation.DROP_INDEX, span, "index %s is dropped".formatted(name));
    } else if (!bringsPrimaryKey()) {
      needs.add(Operation.COPY, span, "the primary key, by which rows are stored, is dropped");
    }
  }

  private boolean bringsPrimaryKey() {
    return alter.actions().stream()
        .anyMatch(action ->
            switch (action) {
              case TableAction.AddConstraint(var constraint, _) ->
                  constraint instanceof TableConstraint.PrimaryKey;
              case TableAction.AddColumn(var column, _, _) -> hasPrimaryKey(column);
              case TableAction.RedefineColumn(_, var column, _) -> hasPrimaryKey(column);
              case TableAction _ -> false;
            });
  }

  private static boolean hasPrimaryKey(ColumnDefinition column) {
    return column.constraints().stream().anyMatch(ColumnConstraint.PrimaryKey.class::isInstance);
  }

  private static String columns(List<String> columns) {
    return columns.isEmpty() ? "an expression" : String.join(", ", columns);
  }
}
