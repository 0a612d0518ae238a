// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBorders;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what a script can reach in some databases of one server, all of them with the same few
/// statements: the tables that it names; those at the other end of their foreign keys; and whether
/// there is a row in those that seem empty.
///
/// No transaction holds these statements together: the servers' catalogues know none, and a lock on
/// a table would be kept until its end.
final class SnapshotReader {
  /// Of a script that can reach a whole database.
  private static final int MOST_TABLES = 2_000;

  /// Of one statement.
  private static final int MOST_ASKED = 500;

  private final Line line;
  private final Failures failures;
  private final Spelling spelling;
  private final Catalogue catalogue;

  SnapshotReader(Line line, Failures failures) {
    this.line = line;
    this.failures = failures;
    this.spelling = Spelling.of(line.settings());
    this.catalogue = new Catalogue(spelling);
  }

  /// The snapshot of one database that is there. Throws [TargetException] when the user may not see
  /// what the script names.
  Snapshot read(String database, Mentions mentions, SizeBorders borders)
      throws SQLException, TargetException {
    var named = Objects.requireNonNull(read(List.of(database), mentions).get(database));
    requireSight(named);
    return snapshot(named, mentions, borders);
  }

  private Map<String, Named> read(Collection<String> databases, Mentions mentions)
      throws SQLException {
    var named = new TreeMap<String, Named>();
    for (var database : databases) {
      var own = Named.of(database, mentions, spelling);
      named.put(database, mentions.wholeSchema() ? own.with(allOf(database)) : own);
    }
    describe(databases, mentions, named.values());
    var reached = new TreeSet<TableId>();
    named.values().forEach(each -> reached.addAll(otherEnds(each)));
    reached.removeIf(catalogue::isDescribed);
    var seeminglyEmpty = seeminglyEmpty(named.values());
    if (!reached.isEmpty()) {
      ask(reached);
    }
    look(seeminglyEmpty, reached);
    return named;
  }

  private void describe(Collection<String> databases, Mentions mentions, Collection<Named> named)
      throws SQLException {
    var ids = new TreeSet<TableId>();
    named.forEach(each -> ids.addAll(each.ids()));
    var questions = new Questions(line.version(), line.rights());
    questions.databases(databases);
    var functions = new TreeSet<String>();
    mentions.functions().forEach(function -> functions.add(function.name()));
    if (!functions.isEmpty()) {
      questions.functions(databases, functions);
    }
    if (!ids.isEmpty() && ids.size() <= MOST_ASKED) {
      questions.describe(ids);
      catalogue.setDescribed(ids);
    }
    catalogue.add(line.ask(questions.statement()));
    ids.removeIf(catalogue::isDescribed);
    ask(ids);
  }

  private void ask(SortedSet<TableId> tables) throws SQLException {
    var left = new TreeSet<>(tables);
    while (!left.isEmpty()) {
      var part = new TreeSet<TableId>();
      while (part.size() < MOST_ASKED && !left.isEmpty()) {
        part.add(left.pollFirst());
      }
      var questions = new Questions(line.version(), line.rights());
      questions.describe(part);
      catalogue.setDescribed(part);
      catalogue.add(line.ask(questions.statement()));
    }
  }

  private List<TableId> allOf(String database) throws SQLException {
    return line
        .ask(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s ORDER BY 1 LIMIT %d"
                .formatted(Literals.text(database), MOST_TABLES))
        .stream()
        .map(row -> spelling.id(database, row.text(0)))
        .toList();
  }

  private SortedSet<TableId> otherEnds(Named named) {
    var ends = new TreeSet<TableId>();
    for (var id : named.ids()) {
      ends.addAll(catalogue.referenced(id));
      ends.addAll(catalogue.referencing(id));
    }
    return ends;
  }

  private SortedSet<TableId> seeminglyEmpty(Collection<Named> named) {
    var found = new TreeSet<TableId>();
    for (var each : named) {
      each.ids().stream().filter(id -> Sizes.seemsEmpty(catalogue, id)).forEach(found::add);
    }
    return found;
  }

  /// One statement; where it fails for one table (no right to read it, a lock in the way) none is
  /// taken to be empty.
  private void look(SortedSet<TableId> tables, SortedSet<TableId> reached) throws SQLException {
    var all = new TreeSet<>(tables);
    reached.stream().filter(id -> Sizes.seemsEmpty(catalogue, id)).forEach(all::add);
    while (!all.isEmpty()) {
      var questions = new Questions(line.version(), line.rights());
      var part = all.stream().limit(MOST_ASKED).toList();
      all.removeAll(part);
      questions.existence(part);
      try {
        catalogue.add(line.attempt(questions.statement()));
      } catch (SQLException e) {
        if (line.isCanceled() || ErrorCodes.isOfConnection(e)) {
          throw e;
        }
      }
    }
  }

  /// That a table is not in the catalogue means that it does not exist only for a user who would
  /// see it.
  private void requireSight(Named named) throws SQLException, TargetException {
    var databases = new TreeMap<String, TableId>();
    for (var id : named.ids()) {
      if (!catalogue.isThere(id) && !line.rights().has("SELECT", id.database())) {
        databases.putIfAbsent(id.database(), id);
      }
    }
    for (var missing : databases.values()) {
      var nothing = new TableId(missing.database(), "plancheck_looks_for_this");
      try {
        line.attempt("SELECT 1 FROM " + nothing.quoted() + " LIMIT 0");
      } catch (SQLException e) {
        switch (e.getErrorCode()) {
          case ErrorCodes.NO_SUCH_TABLE, ErrorCodes.UNKNOWN_DATABASE -> {}
          case ErrorCodes.TABLE_DENIED, ErrorCodes.DATABASE_DENIED ->
              throw failures.noRight("SELECT", missing.quoted());
          default -> throw e;
        }
      }
    }
  }

  private Snapshot snapshot(Named named, Mentions mentions, SizeBorders borders) {
    var builder = new SnapshotBuilder(catalogue, line, named.with(otherEnds(named)), borders);
    var schema = builder.schema(mentions);
    var cut = mentions.wholeSchema() && named.tables().size() >= MOST_TABLES;
    var fingerprint =
        cut ? Fingerprint.ofRecord(new Unshared(named.home(), schema)) : Fingerprint.of(schema);
    return new Snapshot(schema, fingerprint, builder.sizes());
  }

  /// A snapshot that may lack something: equal to none of another database.
  private record Unshared(String database, Schema schema) {}
}
