// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.dialect.mysql.RowQuery.Changed;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the catalogue says of the tables that statements change and that their rows depend on:
/// whether they are tables at all, their primary keys, and what changes with their rows.
final class CountedTables {
  private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

  /// Readers neither wait for writers nor keep them waiting.
  private static final Set<String> COUNTABLE = Set.of("INNODB", "ROCKSDB");

  /// They are in this server, but a reader locks the table.
  private static final Set<String> LOCAL =
      Set.of("MYISAM", "ARIA", "MEMORY", "ARCHIVE", "CSV", "MRG_MYISAM", "TOKUDB", "NDBCLUSTER");

  private static final Set<String> HARMLESS = Set.of("RESTRICT", "NO ACTION");
  private static final int MOST_ASKED = 200;

  private record Facts(String type, String engine) {}

  private record Trigger(String name, String event) {}

  private record Cascade(TableId child, String column, String onUpdate, String onDelete) {}

  private final Spelling spelling;
  private final String database;
  private final Map<TableId, Facts> facts = new HashMap<>();
  private final Map<TableId, List<String>> keys = new HashMap<>();
  private final Map<TableId, List<Trigger>> triggers = new HashMap<>();
  private final Map<TableId, List<Cascade>> cascades = new HashMap<>();

  private CountedTables(Spelling spelling, String database) {
    this.spelling = spelling;
    this.database = database;
  }

  static CountedTables read(Line line, String database, Collection<Asked> queries)
      throws SQLException {
    var read = new CountedTables(Spelling.of(line.settings()), database);
    var named = new TreeSet<TableId>();
    var changed = new TreeSet<TableId>();
    for (var query : queries) {
      query.tables().forEach(table -> named.add(read.id(table)));
      query.inner().forEach(name -> named.add(read.id(name)));
      query.changed().forEach(table -> changed.add(read.id(table.table())));
    }
    named.addAll(changed);
    while (!named.isEmpty()) {
      var part = new TreeSet<TableId>();
      while (part.size() < MOST_ASKED && !named.isEmpty()) {
        part.add(named.pollFirst());
      }
      var changedPart = new TreeSet<>(changed);
      changedPart.retainAll(part);
      line.ask(CatalogueOfCounts.select(part, changedPart)).forEach(read::add);
    }
    return read;
  }

  private void add(Row row) {
    var table = spelling.id(row.text(1), row.text(2));
    switch (row.text(0)) {
      case "T" -> facts.put(table, new Facts(row.text(3), row.textOr(4, "")));
      case "K" -> keys.computeIfAbsent(table, _ -> new ArrayList<>()).add(row.text(3));
      case "G" ->
          triggers
              .computeIfAbsent(table, _ -> new ArrayList<>())
              .add(new Trigger(row.text(3), row.text(4)));
      case "R" ->
          cascades
              .computeIfAbsent(table, _ -> new ArrayList<>())
              .add(
                  new Cascade(
                      spelling.id(row.text(3), row.text(4)),
                      row.text(5).toLowerCase(Locale.ROOT),
                      row.text(6),
                      row.text(7)));
      default -> throw new IllegalStateException("an unknown row of the catalogue");
    }
  }

  private TableId id(ObjectName name) {
    var written = name.schema();
    return spelling.id(written == null ? database : written, name.name());
  }

  /// Why the query is not to be asked, as a clause for people.
  Optional<String> unfit(Asked query) {
    for (var table : all(query)) {
      var found = facts.get(id(table));
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
    return query.tables().stream().map(this::id).filter(id -> !facts.containsKey(id)).toList();
  }

  /// Whether counting disturbs nobody.
  boolean areCountable(Asked query) {
    return query.tables().stream()
        .map(table -> facts.get(id(table)))
        .allMatch(
            found -> found != null && COUNTABLE.contains(found.engine().toUpperCase(Locale.ROOT)));
  }

  List<TableId> read(Asked query) {
    return query.tables().stream().map(this::id).distinct().toList();
  }

  /// The columns of the primary key; none if there is none.
  List<String> keys(Changed changed) {
    return keys.getOrDefault(id(changed.table()), List.of());
  }

  /// Sentences about what changes with the rows.
  List<String> notIncluded(Statement statement, Asked query) {
    var sentences = new LinkedHashSet<String>();
    for (var changed : query.changed()) {
      var id = id(changed.table());
      var events = events(statement);
      for (var trigger : triggers.getOrDefault(id, List.of())) {
        if (events.contains(trigger.event())) {
          sentences.add(
              "what trigger %s of %s changes is not included"
                  .formatted(trigger.name(), changed.table()));
        }
      }
      for (var cascade : cascades.getOrDefault(id, List.of())) {
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
