// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one statement of MySQL or MariaDB would make and a known database has already.
final class MysqlPresences {
  /// CREATE OR REPLACE, and IF NOT EXISTS of an index.
  private static final Pattern GUARDED =
      Pattern.compile("\\bIF\\s+NOT\\s+EXISTS\\b|^\\s*CREATE\\s+OR\\s+REPLACE\\b");

  private final Script script;
  private final MysqlNames names;
  private final List<Named> found = new ArrayList<>();
  private Span at;

  private MysqlPresences(Script script, Span at, Schema schema) {
    this.script = script;
    this.at = at;
    this.names = new MysqlNames(schema);
  }

  static List<Named> of(Script script, ScriptStatement statement, Schema schema) {
    var presences = new MysqlPresences(script, statement.span(), schema);
    presences.look(statement.statement());
    return List.copyOf(presences.found);
  }

  private void look(Statement statement) {
    switch (statement) {
      case Statement.CreateTable create
          when create.persistence() != Persistence.TEMPORARY && !create.ifNotExists() ->
          table(create.table());
      case Statement.CreateTableAs create
          when create.persistence() != Persistence.TEMPORARY && !create.ifNotExists() ->
          table(create.table());
      case Statement.CreateView create when !create.orReplace() && !create.ifNotExists() ->
          table(create.view());
      case Statement.CreateIndex create when !create.ifNotExists() ->
          names.known(create.table()).ifPresent(table -> index(table, create.name(), Set.of()));
      case Statement.RenameTables(var tables) ->
          tables.forEach(renamed -> {
            table(renamed.to());
            names.takeAway(renamed.from().name());
          });
      case Statement.AlterTable alter -> alter(alter);
      case Statement _ -> {}
    }
  }

  private void alter(Statement.AlterTable alter) {
    var made = MysqlMade.by(alter);
    for (var action : alter.actions()) {
      at = action.span();
      if (action instanceof TableAction.RenameTo(var to, _)
          && !to.equalsIgnoreCase(alter.table().name())
          && alter.actions().stream().noneMatch(TableAction.SetSchema.class::isInstance)) {
        table(alter.table().withName(to));
      }
      names.known(alter.table()).ifPresent(table -> action(table, action, made));
    }
  }

  private void action(Table table, TableAction action, MysqlMade made) {
    switch (action) {
      case TableAction.AddColumn(var column, var guarded, _) -> {
        if (!guarded) {
          column(table, column.name(), made);
        }
      }
      case TableAction.RenameColumn(_, var to, _) -> column(table, to, made);
      case TableAction.RedefineColumn(var from, var column, _) -> {
        if (!from.equals(column.name())) {
          column(table, column.name(), made);
        }
      }
      case TableAction.RenameIndex(_, var to, _) -> index(table, to, made.goneIndexes());
      case TableAction.AddConstraint(var constraint, _) -> added(table, constraint, made);
      case TableAction _ -> {}
    }
  }

  private void added(Table table, TableConstraint constraint, MysqlMade made) {
    switch (constraint) {
      case TableConstraint.PrimaryKey _ -> index(table, "primary", made.goneIndexes());
      case TableConstraint.Unique key -> index(table, key.name(), made.goneIndexes());
      case TableConstraint.Index index -> index(table, index.name(), made.goneIndexes());
      case TableConstraint.ForeignKey key -> foreignKey(table, key.name(), made.goneIndexes());
      case TableConstraint _ -> {}
    }
  }

  private void table(ObjectName name) {
    names.present(name).ifPresent(table -> add("table " + table.name()));
  }

  /// A column that is renamed in the same statement makes room for another one.
  private void column(Table table, String column, MysqlMade made) {
    if (MysqlNames.hasColumn(table, column) && !made.goneColumns().contains(column)) {
      add("column %s in %s".formatted(column, table.name()));
    }
  }

  /// A name that is null is chosen by the server, and free.
  private void index(Table table, @Nullable String index, Set<String> gone) {
    if (index != null && MysqlNames.hasIndex(table, index) && !gone.contains(index)) {
      add("index %s on %s".formatted(index, table.name()));
    }
  }

  private void foreignKey(Table table, @Nullable String key, Set<String> gone) {
    if (key != null && MysqlNames.hasForeignKey(table, key) && !gone.contains(key)) {
      add("foreign key %s on %s".formatted(key, table.name()));
    }
  }

  private void add(String what) {
    if (!GUARDED.matcher(Outline.of(script, at)).find()) {
      found.add(new Named(at, what));
    }
  }
}
