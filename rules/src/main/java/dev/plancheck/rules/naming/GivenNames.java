// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.naming;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The names that a statement gives to what it makes or renames; not those that it only uses, and
/// none that the server chooses.
final class GivenNames {
  private final List<Given> found = new ArrayList<>();

  private GivenNames() {}

  enum Kind {
    TABLE,
    COLUMN,
    INDEX,
    UNIQUE_KEY,
    FOREIGN_KEY;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  record Given(Kind of, String name, Span at) {}

  static List<Given> of(ScriptStatement statement) {
    var names = new GivenNames();
    names.look(statement.statement(), statement.span());
    return List.copyOf(names.found);
  }

  private void look(Statement statement, Span at) {
    switch (statement) {
      case Statement.CreateTable create -> {
        add(Kind.TABLE, create.table().name(), at);
        create.columns().forEach(this::column);
        create.constraints().forEach(this::constraint);
      }
      case Statement.CreateTableAs create -> add(Kind.TABLE, create.table().name(), at);
      case Statement.CreateIndex create ->
          add(create.unique() ? Kind.UNIQUE_KEY : Kind.INDEX, create.name(), at);
      case Statement.RenameTables(var tables) ->
          tables.forEach(table -> add(Kind.TABLE, table.to().name(), at));
      case Statement.AlterTable alter -> alter.actions().forEach(action -> action(alter, action));
      case Statement _ -> {}
    }
  }

  private void action(Statement.AlterTable alter, TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var column, _, _) -> column(column);
      case TableAction.RenameColumn(_, var to, var at) -> add(Kind.COLUMN, to, at);
      case TableAction.RedefineColumn(var old, var column, _) -> {
        if (!old.equals(column.name())) {
          column(column);
        }
      }
      case TableAction.AddConstraint(var constraint, _) -> constraint(constraint);
      case TableAction.RenameIndex(_, var to, var at) -> add(Kind.INDEX, to, at);
      case TableAction.RenameTo(var to, var at) -> {
        if (alter.kind() == ObjectKind.TABLE) {
          add(Kind.TABLE, to, at);
        } else if (alter.kind() == ObjectKind.INDEX) {
          add(Kind.INDEX, to, at);
        }
      }
      case TableAction _ -> {}
    }
  }

  private void column(ColumnDefinition column) {
    add(Kind.COLUMN, column.name(), column.span());
    for (var constraint : column.constraints()) {
      switch (constraint) {
        case ColumnConstraint.Unique(var name, var at) -> add(Kind.UNIQUE_KEY, name, at);
        case ColumnConstraint.References(var name, _, _, _, var at) ->
            add(Kind.FOREIGN_KEY, name, at);
        case ColumnConstraint _ -> {}
      }
    }
  }

  private void constraint(TableConstraint constraint) {
    switch (constraint) {
      case TableConstraint.Unique unique -> add(Kind.UNIQUE_KEY, unique.name(), unique.span());
      case TableConstraint.ForeignKey key -> add(Kind.FOREIGN_KEY, key.name(), key.span());
      case TableConstraint.Index index -> add(Kind.INDEX, index.name(), index.span());
      case TableConstraint _ -> {}
    }
  }

  private void add(Kind kind, @Nullable String name, Span at) {
    if (name != null) {
      found.add(new Given(kind, name, at));
    }
  }
}
