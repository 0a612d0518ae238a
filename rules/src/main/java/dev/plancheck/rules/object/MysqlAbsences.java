// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.Outline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What one statement of MySQL or MariaDB needs and a known database lacks, as far as the catalogue
/// shows it.
final class MysqlAbsences {
  private static final Pattern GUARDED = Pattern.compile("\\bIF\\s+EXISTS\\b");

  private final Script script;
  private final MysqlNames names;
  private final Set<Named> found = new LinkedHashSet<>();
  private Span at;

  private MysqlAbsences(Script script, Span at, Schema schema) {
    this.script = script;
    this.at = at;
    this.names = new MysqlNames(schema);
  }

  static List<Named> of(Script script, ScriptStatement statement, Schema schema) {
    var absences = new MysqlAbsences(script, statement.span(), schema);
    absences.look(statement.statement());
    return List.copyOf(absences.found);
  }

  private void look(Statement statement) {
    switch (statement) {
      case Statement.CreateTable create -> create.like().forEach(like -> table(like.table()));
      case Statement.CreateTableAs create -> tables(create.query().tables());
      case Statement.CreateView create -> tables(create.query().tables());
      case Statement.CreateTrigger(_, var table) -> table(table);
      case Statement.CreateIndex create -> {
        table(create.table());
        columns(create.table(), create.parts());
      }
      case Statement.AlterTable alter -> alter(alter);
      case Statement.Drop drop -> drop(drop);
      case Statement.RenameTables(var tables) ->
          tables.forEach(renamed -> {
            table(renamed.from());
            names.takeAway(renamed.from().name());
            names.make(renamed.to().name());
          });
      case Statement.Truncate truncate -> tables(truncate.tables());
      case Statement.LockTable lock -> tables(lock.tables());
      case Statement.Insert insert -> written(insert.table(), insert.columns(), insert.query());
      case Statement.Update update -> written(update.table(), update.columns(), update.query());
      case Statement.Delete delete -> written(delete.table(), List.of(), delete.query());
      case Statement.Copy(var table, _, var query) -> {
        if (table != null) {
          written(table, List.of(), query);
        }
      }
      case Statement.Select(_, var query) -> tables(query.tables());
      case Statement _ -> {}
    }
  }

  private void drop(Statement.Drop drop) {
    if (!drop.ifExists() && (drop.kind() == ObjectKind.TABLE || drop.kind() == ObjectKind.VIEW)) {
      tables(drop.names());
    }
  }

  private void written(ObjectName table, List<String> columns, Query query) {
    table(table);
    tables(query.tables());
    names
        .known(table)
        .ifPresent(known -> columns.forEach(column -> column(known, column, Set.of())));
  }

  private void columns(ObjectName name, List<Statement.IndexPart> parts) {
    names.known(name).ifPresent(table -> columns(table, parts, Set.of()));
  }

  private void columns(Table table, List<Statement.IndexPart> parts, Set<String> made) {
    for (var part : parts) {
      if (part.column() != null) {
        column(table, part.column(), made);
      }
    }
  }

  private void alter(Statement.AlterTable alter) {
    if (alter.ifExists() && names.isAbsent(alter.table())) {
      return;
    }
    table(alter.table());
    var table = names.known(alter.table()).orElse(null);
    if (table == null) {
      return;
    }
    var made = MysqlMade.by(alter).columns();
    for (var action : alter.actions()) {
      at = action.span();
      if (!GUARDED.matcher(Outline.of(script, at)).find()) {
        action(table, action, made);
      }
    }
  }

  private void action(Table table, TableAction action, Set<String> made) {
    switch (action) {
      case TableAction.DropColumn(var column, _, _, _) -> column(table, column, made);
      case TableAction.RedefineColumn(var column, _, _) -> column(table, column, made);
      case TableAction.RenameColumn(var column, _, _) -> column(table, column, made);
      case TableAction.SetDefault(var column, _, _) -> column(table, column, made);
      case TableAction.DropDefault(var column, _) -> column(table, column, made);
      case TableAction.DropIndex(var index, _, _) -> index(table, index);
      case TableAction.RenameIndex(var index, _, _) -> index(table, index);
      case TableAction.AddConstraint(var constraint, _) -> added(table, constraint, made);
      case TableAction _ -> {}
    }
  }

  private void added(Table table, TableConstraint constraint, Set<String> made) {
    switch (constraint) {
      case TableConstraint.PrimaryKey key -> key.columns().forEach(c -> column(table, c, made));
      case TableConstraint.Unique key -> key.columns().forEach(c -> column(table, c, made));
      case TableConstraint.Index index -> columns(table, index.parts(), made);
      case TableConstraint.ForeignKey key -> key.columns().forEach(c -> column(table, c, made));
      case TableConstraint.Check _, TableConstraint.Exclude _, TableConstraint.NotNull _ -> {}
    }
  }

  private void tables(List<ObjectName> tables) {
    tables.forEach(this::table);
  }

  private void table(ObjectName name) {
    if (names.isAbsent(name)) {
      found.add(new Named(at, "table " + name));
    }
  }

  private void column(Table table, String column, Set<String> made) {
    if (!MysqlNames.hasColumn(table, column) && !made.contains(column)) {
      found.add(new Named(at, "column %s in %s".formatted(column, table.name())));
    }
  }

  private void index(Table table, String index) {
    if (!MysqlNames.hasIndex(table, index)) {
      found.add(new Named(at, "index %s on %s".formatted(index, table.name())));
    }
  }
}
