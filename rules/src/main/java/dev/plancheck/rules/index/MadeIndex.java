// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// An index of MySQL or MariaDB that a statement makes, with its plain columns; those that are not
/// sorted, FULLTEXT and SPATIAL, are left out.
record MadeIndex(ObjectName table, Kind kind, List<String> columns, Span at) {
  enum Kind {
    PRIMARY,
    UNIQUE,
    PLAIN
  }

  static List<MadeIndex> of(Statement statement, Span span) {
    var made = new ArrayList<MadeIndex>();
    switch (statement) {
      case Statement.CreateTable create -> {
        create.columns().forEach(column -> inline(create.table(), column, made));
        create.constraints().forEach(one -> constraint(create.table(), one, made));
      }
      case Statement.CreateIndex create -> {
        if (create.method().equals("btree")) {
          var kind = create.unique() ? Kind.UNIQUE : Kind.PLAIN;
          made.add(new MadeIndex(create.table(), kind, columns(create.parts()), span));
        }
      }
      case Statement.AlterTable alter ->
          alter.actions().forEach(action -> action(alter.table(), action, made));
      case Statement _ -> {}
    }
    return made;
  }

  private static void action(ObjectName table, TableAction action, List<MadeIndex> made) {
    switch (action) {
      case TableAction.AddConstraint(var constraint, _) -> constraint(table, constraint, made);
      case TableAction.AddColumn(var column, _, _) -> inline(table, column, made);
      case TableAction _ -> {}
    }
  }

  private static void inline(ObjectName table, ColumnDefinition column, List<MadeIndex> made) {
    for (var constraint : column.constraints()) {
      switch (constraint) {
        case ColumnConstraint.PrimaryKey(_, var at) ->
            made.add(new MadeIndex(table, Kind.PRIMARY, List.of(column.name()), at));
        case ColumnConstraint.Unique(_, var at) ->
            made.add(new MadeIndex(table, Kind.UNIQUE, List.of(column.name()), at));
        case ColumnConstraint _ -> {}
      }
    }
  }

  private static void constraint(
      ObjectName table, TableConstraint constraint, List<MadeIndex> made) {
    switch (constraint) {
      case TableConstraint.PrimaryKey key ->
          made.add(new MadeIndex(table, Kind.PRIMARY, key.columns(), key.span()));
      case TableConstraint.Unique key ->
          made.add(new MadeIndex(table, Kind.UNIQUE, key.columns(), key.span()));
      case TableConstraint.Index index -> {
        if (index.method().equals("btree")) {
          made.add(new MadeIndex(table, Kind.PLAIN, columns(index.parts()), index.span()));
        }
      }
      case TableConstraint _ -> {}
    }
  }

  private static List<String> columns(List<Statement.IndexPart> parts) {
    return parts.stream().map(Statement.IndexPart::column).filter(Objects::nonNull).toList();
  }
}
