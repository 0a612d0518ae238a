// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CREATE, ALTER, DROP and RENAME of everything but tables.
final class Objects {
  /// What is only named in CREATE and ALTER.
  private static final Map<String, ObjectKind> NAMED =
      Map.of(
          "FUNCTION", ObjectKind.FUNCTION,
          "PROCEDURE", ObjectKind.PROCEDURE,
          "EVENT", ObjectKind.EVENT,
          "SERVER", ObjectKind.SERVER,
          "TABLESPACE", ObjectKind.TABLESPACE,
          "SEQUENCE", ObjectKind.SEQUENCE,
          "DATABASE", ObjectKind.DATABASE,
          "SCHEMA", ObjectKind.DATABASE);

  private static final Map<String, ObjectKind> DROPPED =
      Map.ofEntries(
          Map.entry("TABLE", ObjectKind.TABLE),
          Map.entry("TABLES", ObjectKind.TABLE),
          Map.entry("VIEW", ObjectKind.VIEW),
          Map.entry("DATABASE", ObjectKind.DATABASE),
          Map.entry("SCHEMA", ObjectKind.DATABASE),
          Map.entry("FUNCTION", ObjectKind.FUNCTION),
          Map.entry("PROCEDURE", ObjectKind.PROCEDURE),
          Map.entry("TRIGGER", ObjectKind.TRIGGER),
          Map.entry("EVENT", ObjectKind.EVENT),
          Map.entry("SEQUENCE", ObjectKind.SEQUENCE),
          Map.entry("SERVER", ObjectKind.SERVER),
          Map.entry("TABLESPACE", ObjectKind.TABLESPACE));

  /// What has no single name, or one that is no object's.
  private static final Set<String> UNNAMED =
      Set.of("USER", "ROLE", "LOGFILE", "UNDO", "RESOURCE", "INSTANCE", "SPATIAL", "PACKAGE");

  private static final Set<String> INDEX_WORDS =
      Set.of("UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR", "ONLINE", "OFFLINE");

  private Objects() {}

  /// From behind CREATE on.
  static Statement create(Reader reader) {
    var orReplace = reader.take("OR", "REPLACE");
    var temporary = reader.take("TEMPORARY");
    if (reader.take("TABLE")) {
      return CreateTables.create(reader, temporary);
    }
    if (reader.at("INDEX") || (reader.atAny(INDEX_WORDS) && !reader.at("SPATIAL", "REFERENCE"))) {
      return index(reader);
    }
    skipTo(reader, Set.of("VIEW", "TRIGGER", "FUNCTION", "PROCEDURE", "EVENT", "PACKAGE"));
    if (reader.take("VIEW")) {
      return view(reader, orReplace);
    }
    if (reader.take("TRIGGER")) {
      return trigger(reader);
    }
    if (reader.take("DATABASE") || reader.take("SCHEMA")) {
      var ifNotExists = reader.ifNotExists();
      return new Statement.CreateSchema(reader.name(), ifNotExists, List.of());
    }
    if (reader.take("SEQUENCE")) {
      var ifNotExists = reader.ifNotExists();
      return new Statement.CreateSequence(
          reader.object(), ifNotExists, temporary ? Persistence.TEMPORARY : Persistence.PERMANENT);
    }
    return named(reader, "CREATE");
  }

  /// Past ALGORITHM, DEFINER and SQL SECURITY, if one of the words comes behind them.
  private static void skipTo(Reader reader, Set<String> words) {
    var from = reader.index();
    if (reader.at("ALGORITHM")
        || reader.at("DEFINER")
        || reader.at("SQL")
        || reader.at("AGGREGATE")) {
      while (!reader.atEnd() && !reader.atAny(words)) {
        reader.take();
      }
      if (reader.atEnd()) {
        reader.moveTo(from);
      }
    }
  }

  private static Statement named(Reader reader, String verb) {
    if (reader.atEnd()) {
      throw new NotLowered("this " + verb);
    }
    var word = reader.word();
    reader.take();
    var kind = NAMED.get(word);
    if (kind == null) {
      if (!UNNAMED.contains(word)) {
        throw new NotLowered(verb + " " + word);
      }
      return new Statement.Utility(verb + " " + word, null, null);
    }
    reader.ifNotExists();
    reader.ifExists();
    return new Statement.Utility(verb + " " + kind.sql(), kind, nameIfAny(reader));
  }

  /// ALTER DATABASE may leave the name to the session.
  private static @Nullable ObjectName nameIfAny(Reader reader) {
    return reader.atEnd()
            || reader.at("CHARACTER")
            || reader.at("DEFAULT")
            || reader.at("COLLATE")
            || reader.at("CHARSET")
        ? null
        : reader.object();
  }

  private static Statement view(Reader reader, boolean orReplace) {
    var ifNotExists = reader.ifNotExists();
    var view = reader.object();
    var query = Tables.query(reader, reader.index(), Set.of(view), List.of());
    return new Statement.CreateView(view, orReplace, false, ifNotExists, true, query);
  }

  private static Statement trigger(Reader reader) {
    reader.ifNotExists();
    var trigger = reader.object();
    while (!reader.at("ON")) {
      reader.take();
    }
    reader.expect("ON");
    return new Statement.CreateTrigger(trigger.name(), reader.object());
  }

  /// With ALGORITHM or LOCK it is the ALTER TABLE that the server makes of it.
  private static Statement index(Reader reader) {
    var method = "btree";
    var unique = false;
    var from = reader.index();
    while (!reader.take("INDEX")) {
      unique |= reader.at("UNIQUE");
      var word = reader.word();
      reader.take();
      method =
          word.equals("FULLTEXT") || word.equals("SPATIAL") || word.equals("VECTOR")
              ? word.toLowerCase(Locale.ROOT)
              : method;
    }
    var ifNotExists = reader.ifNotExists();
    var name = reader.folded();
    if (reader.take("USING") || reader.take("TYPE")) {
      reader.take();
    }
    reader.expect("ON");
    var table = reader.object();
    var parts = Keys.parts(reader);
    AlterTables.skipWait(reader);
    Keys.skipOptions(reader);
    var span = reader.since(from);
    var executions = executions(reader);
    if (executions.isEmpty()) {
      return new Statement.CreateIndex(
          name, table, unique, false, ifNotExists, false, method, parts, List.of(), null);
    }
    var columns = parts.stream().map(part -> part.column()).filter(c -> c != null).toList();
    var constraint =
        unique
            ? new TableConstraint.Unique(name, columns, null, span)
            : new TableConstraint.Index(name, method, parts, span);
    executions.addFirst(new TableAction.AddConstraint(constraint, span));
    return new Statement.AlterTable(ObjectKind.TABLE, table, false, false, executions);
  }

  private static List<TableAction> executions(Reader reader) {
    var executions = new ArrayList<TableAction>();
    while (reader.at("ALGORITHM") || reader.at("LOCK")) {
      executions.addAll(AlterOptions.of(reader));
    }
    AlterTables.skipWait(reader);
    if (!reader.atEnd()) {
      throw new NotLowered("an index with " + reader.word());
    }
    return executions;
  }

  /// From behind DROP on. An index belongs to a table, and is dropped from it.
  static Statement drop(Reader reader) {
    var from = reader.index();
    if (reader.take("PREPARE")) {
      return new Statement.Utility("DEALLOCATE PREPARE", null, null);
    }
    if (reader.take("TEMPORARY")) {
      return new Statement.Utility("DROP TEMPORARY TABLE", null, null);
    }
    if (reader.at("INDEX") || reader.at("ONLINE") || reader.at("OFFLINE")) {
      return dropIndex(reader, from);
    }
    var word = reader.word();
    reader.take();
    var kind = DROPPED.get(word);
    if (kind == null) {
      if (!UNNAMED.contains(word)) {
        throw new NotLowered("DROP " + word);
      }
      return new Statement.Utility("DROP " + word, null, null);
    }
    var ifExists = reader.ifExists();
    return new Statement.Drop(kind, reader.objects(), null, ifExists, false, false);
  }

  private static Statement dropIndex(Reader reader, int from) {
    while (!reader.take("INDEX")) {
      reader.take();
    }
    var ifExists = reader.ifExists();
    var name = reader.folded();
    reader.expect("ON");
    var table = reader.object();
    AlterTables.skipWait(reader);
    var span = reader.since(from);
    var actions = executions(reader);
    actions.addFirst(new TableAction.DropIndex(name, ifExists, span));
    return new Statement.AlterTable(ObjectKind.TABLE, table, false, false, actions);
  }

  /// From behind ALTER on.
  static Statement alter(Reader reader) {
    skipTo(reader, Set.of("VIEW", "EVENT", "FUNCTION", "PROCEDURE"));
    while (reader.take("ONLINE") || reader.take("OFFLINE") || reader.take("IGNORE")) {
      // They change nothing that is looked at.
    }
    if (reader.take("TABLE")) {
      return AlterTables.alter(reader);
    }
    return reader.take("VIEW") ? view(reader, true) : named(reader, "ALTER");
  }

  /// From behind RENAME on.
  static Statement rename(Reader reader) {
    if (!reader.take("TABLE") && !reader.take("TABLES")) {
      return new Statement.Utility("RENAME " + reader.word(), null, null);
    }
    reader.ifExists();
    var renamed = new ArrayList<Statement.RenamedTable>();
    do {
      var old = reader.object();
      AlterTables.skipWait(reader);
      reader.expect("TO");
      renamed.add(new Statement.RenamedTable(old, reader.object()));
    } while (reader.take(","));
    return new Statement.RenameTables(renamed);
  }
}
