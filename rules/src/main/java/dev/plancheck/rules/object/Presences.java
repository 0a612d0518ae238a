// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one statement would make and a known schema has already.
final class Presences {
  private final Schema schema;
  private final List<Named> found = new ArrayList<>();

  private Presences(Schema schema) {
    this.schema = schema;
  }

  static List<Named> of(ScriptStatement statement, Schema schema) {
    var presences = new Presences(schema);
    presences.look(statement.span(), statement.statement());
    return List.copyOf(presences.found);
  }

  private void look(Span at, Statement statement) {
    switch (statement) {
      case Statement.CreateTable create -> {
        if (!create.ifNotExists()) {
          relation(at, create.table(), create.persistence());
        }
      }
      case Statement.CreateTableAs create -> {
        if (!create.ifNotExists()) {
          relation(at, create.table(), create.persistence());
        }
      }
      case Statement.CreateView create -> view(at, create);
      case Statement.CreateSequence create -> {
        if (!create.ifNotExists()) {
          relation(at, create.sequence(), create.persistence());
        }
      }
      case Statement.CreateIndex create -> index(at, create);
      case Statement.CreateType(var type, _, _) -> type(at, type);
      case Statement.CreateDomain create -> type(at, create.domain());
      case Statement.AlterTable alter -> alterTable(alter);
      case Statement.Rename(var kind, var object, _, var to) -> {
        if (kind == ObjectKind.TYPE || kind == ObjectKind.DOMAIN) {
          type(at, object.withName(to));
        }
      }
      case Statement _ -> {}
    }
  }

  private void view(Span at, Statement.CreateView create) {
    var there = schema.tables().get(schema.qualify(create.view()));
    // OR REPLACE replaces a view, and nothing else.
    if (!create.ifNotExists()
        && !(create.orReplace() && there != null && there.kind() == Table.Kind.VIEW)) {
      relation(at, create.view(), Persistence.PERMANENT);
    }
  }

  private void index(Span at, Statement.CreateIndex create) {
    var table = schema.table(create.table());
    if (create.name() != null && !create.ifNotExists() && table.isPresent()) {
      taken(at, table.get().name().withName(create.name()));
    }
  }

  private void relation(Span at, ObjectName name, Persistence persistence) {
    var temporary = persistence == Persistence.TEMPORARY && name.schema() == null;
    taken(at, temporary ? name.inSchema(Schema.TEMPORARY) : schema.qualify(name));
  }

  /// Relations and indexes share their names.
  private void taken(Span at, ObjectName name) {
    var there = schema.tables().get(name);
    if (there != null) {
      found.add(new Named(at, words(there.kind()) + " " + name));
      return;
    }
    schema
        .tableOfIndex(name)
        .ifPresent(table ->
            found.add(new Named(at, "index %s on %s".formatted(name.name(), table.name()))));
  }

  private void type(Span at, ObjectName name) {
    var there = schema.types().get(schema.qualify(name));
    if (there != null) {
      found.add(new Named(at, "type " + there.name()));
    }
  }

  private void alterTable(Statement.AlterTable alter) {
    var table = schema.table(alter.table());
    if (table.isEmpty()) {
      return;
    }
    var gone = Made.by(alter).gone();
    for (var action : alter.actions()) {
      alter(table.get(), action, gone);
    }
  }

  private void alter(Table table, TableAction action, Set<String> gone) {
    switch (action) {
      case TableAction.AddColumn(var column, var ifNotExists, var at) -> {
        if (!ifNotExists) {
          column(at, table, column.name(), gone);
        }
      }
      case TableAction.RenameColumn(_, var to, var at) -> column(at, table, to, gone);
      case TableAction.AddConstraint(var constraint, var at) -> {
        if (constraint.name() != null) {
          constraint(at, table, constraint.name(), gone);
        }
      }
      case TableAction.RenameConstraint(_, var to, var at) -> constraint(at, table, to, gone);
      case TableAction.RenameTo(var to, var at) -> taken(at, table.name().withName(to));
      case TableAction.SetSchema(var to, var at) -> {
        if (!to.equals(table.name().schema())) {
          taken(at, table.name().inSchema(to));
        }
      }
      case TableAction _ -> {}
    }
  }

  private void column(Span at, Table table, String name, Set<String> gone) {
    if (table.column(name).isPresent() && !gone.contains(name)) {
      found.add(new Named(at, "column %s in %s".formatted(name, table.name())));
    }
  }

  private void constraint(Span at, Table table, String name, Set<String> gone) {
    if (table.constraint(name).isPresent() && !gone.contains(name)) {
      found.add(new Named(at, "constraint %s on %s".formatted(name, table.name())));
    }
  }

  private static String words(Table.Kind kind) {
    return switch (kind) {
      case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> "table";
      case VIEW -> "view";
      case MATERIALIZED_VIEW -> "materialized view";
      case SEQUENCE -> "sequence";
      case COMPOSITE_TYPE -> "type";
    };
  }
}
