// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.dialect.mysql.RowQuery.Changed;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.targets.mysql.CountFacts.Cascade;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the catalogue says of the tables that statements change and that their rows depend on:
/// whether they are tables at all, their primary keys, and what changes with their rows.
record CountedTables(Spelling spelling, String database, CountFacts facts) {
  private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

  /// Readers neither wait for writers nor keep them waiting.
  private static final Set<String> COUNTABLE = Set.of("INNODB", "ROCKSDB");

  /// They are in this server, but a reader locks the table.
  private static final Set<String> LOCAL =
      Set.of("MYISAM", "ARIA", "MEMORY", "ARCHIVE", "CSV", "MRG_MYISAM", "TOKUDB", "NDBCLUSTER");

  private static final Set<String> HARMLESS = Set.of("RESTRICT", "NO ACTION");

  /// All that queries read and change.
  static SortedSet<TableId> ids(Spelling spelling, String database, Collection<Asked> queries) {
    var ids = new TreeSet<TableId>();
    for (var query : queries) {
      all(query).forEach(table -> ids.add(id(spelling, database, table)));
    }
    return ids;
  }

  private TableId id(ObjectName name) {
    return id(spelling, database, name);
  }

  private static TableId id(Spelling spelling, String database, ObjectName name) {
    var written = name.schema();
    return spelling.id(written == null ? database : written, name.name());
  }

  /// Why the query is not to be asked, as a clause for people.
  Optional<String> unfit(Asked query) {
    for (var table : all(query)) {
      var found = facts.tables().get(id(table));
      if (found == null) {
        continue;
      }
      if (!TABLES.contains(found.type())) {
        return Optional.of("%s is a view, which may call functions".formatted(table));
      }
      var engine = found.engine().toUpperCase(Locale.ROOT);
      if (!COUNTABLE.contains(engine) && !LOCAL.contains(engine)) {
        return Optional.of(
            "%s is kept by the engine %s, which may reach further"
                .formatted(table, found.engine()));
      }
    }
    return Optional.empty();
  }

  private static Collection<ObjectName> all(Asked query) {
    var all = new LinkedHashSet<>(query.tables());
    all.addAll(query.inner());
    query.changed().forEach(changed -> all.add(changed.table()));
    return all;
  }

  /// Tables that the query reads and the catalogue does not show to this user.
  List<TableId> unseen(Asked query) {
    return query.tables().stream()
        .map(this::id)
        .filter(id -> !facts.tables().containsKey(id))
        .toList();
  }

  /// Whether counting disturbs nobody.
  boolean areCountable(Asked query) {
    return query.tables().stream()
        .map(table -> facts.tables().get(id(table)))
        .allMatch(
            found -> found != null && COUNTABLE.contains(found.engine().toUpperCase(Locale.ROOT)));
  }

  List<TableId> read(Asked query) {
    return query.tables().stream().map(this::id).distinct().toList();
  }

  /// The columns of the primary key; none if there is none.
  List<String> keys(Changed changed) {
    var found = facts.tables().get(id(changed.table()));
    return found == null ? List.of() : found.key();
  }

  /// Sentences about what changes with the rows.
  List<String> notIncluded(Statement statement, Asked query) {
    var sentences = new LinkedHashSet<String>();
    for (var changed : query.changed()) {
      var found = facts.tables().get(id(changed.table()));
      if (found == null) {
        continue;
      }
      var events = events(statement);
      for (var trigger : found.triggers()) {
        if (events.contains(trigger.event())) {
          sentences.add(
              "what trigger %s of %s changes is not included"
                  .formatted(trigger.name(), changed.table()));
        }
      }
      for (var cascade : found.cascades()) {
        if (reaches(cascade, events, columns(statement, changed.table()))) {
          sentences.add(
              "rows of %s that a foreign key to %s changes with it are not included"
                  .formatted(shown(cascade.child()), changed.table()));
        }
      }
    }
    return List.copyOf(sentences);
  }

  private String shown(TableId table) {
    return table.database().equals(spelling.same(database))
        ? table.name()
        : table.database() + "." + table.name();
  }

  private static Set<String> events(Statement statement) {
    return switch (statement) {
      case Statement.Update _ -> Set.of("UPDATE");
      case Statement.Delete _ -> Set.of("DELETE");
      case Statement.Insert insert ->
          insert.onConflict() ? Set.of("INSERT", "UPDATE", "DELETE") : Set.of("INSERT");
      case Statement _ -> Set.of();
    };
  }

  /// The columns of a table that an UPDATE writes.
  private static SortedSet<String> columns(Statement statement, ObjectName table) {
    var columns = new TreeSet<String>();
    if (statement instanceof Statement.Update update) {
      Stream.concat(Stream.of(update), update.query().writes().stream())
          .filter(write -> write instanceof Statement.Update part && part.table().equals(table))
          .forEach(write -> columns.addAll(((Statement.Update) write).columns()));
    }
    return columns;
  }

  private static boolean reaches(Cascade cascade, Set<String> events, Set<String> written) {
    var onDelete = events.contains("DELETE") && !HARMLESS.contains(cascade.onDelete());
    var onUpdate =
        events.contains("UPDATE")
            && !HARMLESS.contains(cascade.onUpdate())
            && (written.isEmpty() || written.contains(cascade.column()));
    return onDelete || onUpdate;
  }
}
