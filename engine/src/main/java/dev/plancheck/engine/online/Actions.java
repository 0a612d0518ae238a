// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells of each action of an ALTER TABLE which operation it is. Goes through them as the walk
/// does, so that each is seen beside what the ones before it made.
final class Actions {
  private final Server server;
  private final TableFacts facts;
  private final Statement.AlterTable alter;
  private final Needs needs = new Needs();
  private final KeyActions keys;
  private final OptionActions options;
  private Schema schema;

  Actions(Server server, Schema before, TableFacts facts, Statement.AlterTable alter) {
    this.server = server;
    this.facts = facts;
    this.alter = alter;
    this.schema = before;
    this.keys = new KeyActions(server, facts, alter, before, needs);
    this.options = new OptionActions(server, facts, needs);
  }

  Needs needs() {
    for (var action : alter.actions()) {
      var before = table();
      if (!(action instanceof TableAction.RenameTo) && !(action instanceof TableAction.SetSchema)) {
        var one =
            new Statement.AlterTable(alter.kind(), alter.table(), false, false, List.of(action));
        schema = SchemaWalk.apply(schema, one);
      }
      action(action, before, table());
    }
    var usual = schema.settings().getOrDefault("alter_algorithm", "DEFAULT");
    if (server.isMariadb() && !server.isAtLeast(11, 5, 0) && !needs.mentionsAlgorithm()) {
      needs.request("ALGORITHM", usual.toUpperCase(Locale.ROOT));
    }
    return needs;
  }

  private @Nullable Table table() {
    return schema.table(alter.table()).orElse(null);
  }

  private void action(TableAction action, @Nullable Table before, @Nullable Table after) {
    switch (action) {
      case TableAction.AddColumn add -> addColumn(add, before, after);
      case TableAction.DropColumn(var column, _, _, var span) -> dropColumn(column, span, before);
      case TableAction.RedefineColumn redefine -> redefine(redefine, before, after);
      case TableAction.RenameColumn(var from, var to, var span) ->
          needs.add(renaming(from), span, "%s is called %s".formatted(from, to));
      case TableAction.SetDefault(var column, _, var span) ->
          needs.add(Operation.COLUMN_PROPERTY, span, "the default of %s changes".formatted(column));
      case TableAction.DropDefault(var column, var span) ->
          needs.add(Operation.COLUMN_PROPERTY, span, "the default of %s goes".formatted(column));
      case TableAction.AddConstraint(var constraint, var span) ->
          keys.add(constraint, span, before);
      case TableAction.DropConstraint(var name, _, _, var span) -> keys.drop(name, span, before);
      case TableAction.DropIndex(var name, _, var span) -> keys.dropIndex(name, span);
      case TableAction.RenameIndex(var from, var to, var span) ->
          needs.add(Operation.RENAME_INDEX, span, "index %s is called %s".formatted(from, to));
      case TableAction.RenameTo(var name, var span) ->
          needs.add(Operation.FOR_A_MOMENT, span, "the table is called " + name);
      case TableAction.SetSchema(var database, var span) ->
          needs.add(Operation.FOR_A_MOMENT, span, "the table moves to " + database);
      case TableAction.SetTableOption option -> options.option(option, before, after);
      case TableAction.AlterPartition partition -> options.partition(partition);
      case TableAction.Execution(var clause, var value, _) -> needs.request(clause, value);
      case TableAction.Other(var words, var span) -> options.other(words, span);
      case TableAction other ->
          needs.missing(other.span(), "no action of MySQL or MariaDB is looked for here");
    }
  }

  private Operation renaming(String column) {
    return facts.isReferenced() && facts.isInPrimaryKey(column)
        ? Operation.RENAME_REFERENCED_COLUMN
        : Operation.RENAME_COLUMN;
  }

  private void addColumn(TableAction.AddColumn add, @Nullable Table before, @Nullable Table after) {
    var definition = add.column();
    var name = definition.name();
    if (Columns.isVersion(definition)) {
      needs.missing(add.span(), "what a column of row versions costs is not known");
      return;
    }
    if (add.ifNotExists() && before != null && before.column(name).isPresent()) {
      return;
    }
    var what = "column %s is added".formatted(name);
    switch (Columns.generation(definition)) {
      case STORED -> needs.add(Operation.COPY, add.span(), "stored " + what);
      case VIRTUAL -> needs.add(Operation.ADD_VIRTUAL_COLUMN, add.span(), "virtual " + what);
      case IDENTITY -> needs.add(Operation.ADD_COUNTER, add.span(), what + " and counts the rows");
      case NONE -> addUsual(add, what, after);
    }
    keys.behind(definition, add.span(), true);
  }

  private void addUsual(TableAction.AddColumn add, String what, @Nullable Table after) {
    var definition = add.column();
    var place = Columns.place(after, definition.name());
    var inBetween = Columns.isPlaced(definition) && !Columns.isLast(after, definition.name());
    var shifts = inBetween && facts.hasVirtualColumnFrom(place);
    if (Columns.hasComputedDefault(definition, server)) {
      needs.add(Operation.ADD_COMPUTED_DEFAULT, add.span(), what + " with a default to compute");
    } else if (shifts && server.isMariadb()) {
      needs.add(Operation.COPY, add.span(), what + " before a virtual one");
    } else if (inBetween) {
      needs.add(
          Operation.ADD_COLUMN_IN_BETWEEN,
          shifts ? Operation.COPY : Operation.REBUILD,
          add.span(),
          what + " before others");
    } else {
      needs.add(Operation.ADD_COLUMN, add.span(), what);
    }
  }

  private void dropColumn(String column, Span span, @Nullable Table before) {
    var what = "column %s is dropped".formatted(column);
    var known = before == null ? null : before.column(column).orElse(null);
    if (!facts.complete()) {
      needs.missing(span, what + ", which costs more if an index holds it, and that is not known");
      return;
    }
    if (known == null) {
      needs.missing(span, "the table has no column " + column);
      return;
    }
    if (known.generation() == Generation.VIRTUAL) {
      needs.add(
          facts.isIndexed(column)
              ? Operation.DROP_INDEXED_VIRTUAL_COLUMN
              : Operation.DROP_VIRTUAL_COLUMN,
          span,
          "virtual " + what);
    } else {
      dropUsual(column, span, what);
    }
  }

  private void dropUsual(String column, Span span, String what) {
    var at = Columns.place(facts.table(), column);
    var shifts = at >= 0 && facts.hasVirtualColumnFrom(at + 1);
    if (facts.isInPrimaryKey(column)) {
      needs.add(Operation.COPY, span, what + " out of the primary key");
    } else if (shifts && server.isMariadb() && facts.hasIndexedVirtualColumn()) {
      needs.add(Operation.COPY, span, what + " before a virtual one with an index");
    } else if (facts.isIndexed(column)) {
      needs.add(
          shifts && server.isMysql() ? Operation.COPY : Operation.DROP_INDEXED_COLUMN,
          span,
          what + " with what indexes hold of it");
    } else {
      needs.add(Operation.DROP_COLUMN, shifts ? Operation.COPY : Operation.REBUILD, span, what);
    }
  }

  private void redefine(
      TableAction.RedefineColumn redefine, @Nullable Table before, @Nullable Table after) {
    var definition = redefine.definition();
    if (Columns.isVersion(definition) || Columns.isKeptOtherwise(definition)) {
      needs.missing(
          redefine.span(), "what COMPRESSED or SYSTEM VERSIONING of a column costs is not known");
      return;
    }
    var old = before == null ? null : before.column(redefine.column()).orElse(null);
    var changed = after == null ? null : after.column(definition.name()).orElse(null);
    if (before == null || after == null || old == null || changed == null) {
      needs.missing(
          redefine.span(),
          facts.complete()
              ? "the table has no column " + redefine.column()
              : "it depends on what %s is now, which is not known".formatted(redefine.column()));
      return;
    }
    redefine(redefine, new Both(before, after), old, changed);
  }

  private record Both(Table before, Table after) {}

  private void redefine(
      TableAction.RedefineColumn redefine, Both tables, Table.Column old, Table.Column changed) {
    var span = redefine.span();
    var name = changed.name();
    var from = needs.all().size();
    if (!old.name().equals(name)) {
      needs.add(renaming(old.name()), span, "%s is called %s".formatted(old.name(), name));
    }
    if (Columns.moves(tables.before(), tables.after(), old.name(), name)) {
      var virtual = old.generation() == Generation.VIRTUAL;
      needs.add(virtual ? Operation.COPY : Operation.MOVE_COLUMN, span, name + " moves");
    }
    new ColumnChange(server, facts, schema.settings(), needs)
        .compare(old, changed, redefine.definition(), span);
    keys.behind(redefine.definition(), span, false);
    if (needs.all().size() == from) {
      needs.add(
          Operation.COLUMN_PROPERTY,
          span,
          "nothing of %s changes that its rows hold".formatted(name));
    }
  }
}
