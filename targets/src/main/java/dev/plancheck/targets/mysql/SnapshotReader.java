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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /// Where nobody counted the server's databases: more than would be listed.
  private static final long UNCOUNTED = 1_000_000;

  private final Line line;
  private final Spelling spelling;
  private final Map<Schema, Look> looks = new HashMap<>();
  private long databasesOfServer = UNCOUNTED;

  SnapshotReader(Line line) {
    this.line = line;
    this.spelling = Spelling.of(line.settings());
  }

  /// One database that is there.
  Described read(String database, Mentions mentions) throws SQLException {
    var described = described(database, mentions);
    read(List.of(described), mentions);
    look(described);
    return described;
  }

  /// Some databases, those left out that have to be asked alone: they are not there (any more), or
  /// would not let us look into a table, or another of them did not.
  List<Described> readTogether(Collection<String> databases, Mentions mentions)
      throws SQLException {
    databasesOfServer =
        Long.parseLong(
            line.attempt("SELECT COUNT(*) FROM information_schema.schemata").getFirst().text(0));
    var all = new ArrayList<Described>();
    for (var database : databases) {
      all.add(described(database, mentions));
    }
    read(all, mentions);
    all.removeIf(each -> each.catalogue().database(each.named().home()) == null);
    if (!look(all)) {
      all.removeIf(each -> !seeminglyEmpty(each).isEmpty());
    }
    return all;
  }

  /// Tables by themselves, with the other ends of their foreign keys.
  static Described read(Line line, String database, Collection<TableId> tables)
      throws SQLException {
    var reader = new SnapshotReader(line);
    var named = new Named(reader.spelling.same(database), new TreeMap<>()).with(tables);
    var described = new Described(named, new Catalogue(reader.spelling));
    reader.read(List.of(described), Mentions.of(List.of()));
    return described;
  }

  private Described described(String database, Mentions mentions) throws SQLException {
    var named = Named.of(database, mentions, spelling);
    return new Described(
        mentions.wholeSchema() ? named.with(allOf(database)) : named, new Catalogue(spelling));
  }

  private void read(List<Described> all, Mentions mentions) throws SQLException {
    var askers = askers();
    var databases = new TreeSet<String>();
    for (var each : all) {
      askers.ofDatabase(each);
      databases.add(each.named().home());
      ask(askers, each.named().ids(), each);
    }
    var questions = questions();
    questions.databases(databases);
    var functions = new TreeSet<String>();
    mentions.functions().forEach(function -> functions.add(function.name()));
    if (!functions.isEmpty()) {
      questions.functions(databases, functions);
    }
    ask(askers, questions);
    var more = askers();
    for (var each : all) {
      var ends = new TreeSet<>(each.otherEnds());
      ends.removeIf(each.catalogue()::isDescribed);
      ask(more, ends, each);
    }
    ask(more, questions());
  }

  private static void ask(Askers askers, Collection<TableId> tables, Described each) {
    askers.ofTables(tables, each.catalogue());
    each.catalogue().setDescribed(tables);
  }

  /// Together with what `questions` holds already.
  private void ask(Askers askers, Questions questions) throws SQLException {
    var next = questions;
    var left = askers.tables();
    while (!left.isEmpty() || !next.isEmpty()) {
      var part = part(left);
      if (!part.isEmpty()) {
        next.describe(part, databasesOfServer);
      }
      askers.give(line.ask(next.statement()));
      next = questions();
    }
  }

  private static SortedSet<TableId> part(SortedSet<TableId> left) {
    var part = new TreeSet<TableId>();
    while (part.size() < MOST_ASKED && !left.isEmpty()) {
      part.add(left.removeFirst());
    }
    return part;
  }

  private Askers askers() {
    return new Askers(questions(), spelling);
  }

  private Questions questions() {
    return new Questions(line.version(), line.rights());
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

  private static SortedSet<TableId> seeminglyEmpty(Described described) {
    var found = described.all().ids();
    found.removeIf(id -> !Sizes.seemsEmpty(described.catalogue(), id));
    return found;
  }

  /// Where a statement fails for one table (no right to read it, a lock in the way) none of it is
  /// taken to be empty.
  private void look(Described described) throws SQLException {
    var left = seeminglyEmpty(described);
    while (!left.isEmpty()) {
      look(part(left), List.of(described));
    }
  }

  /// False if that failed for any of them.
  private boolean look(List<Described> all) throws SQLException {
    var left = new TreeSet<TableId>();
    all.forEach(each -> left.addAll(seeminglyEmpty(each)));
    while (!left.isEmpty()) {
      if (!look(part(left), all)) {
        return false;
      }
    }
    return true;
  }

  private boolean look(SortedSet<TableId> tables, List<Described> all) throws SQLException {
    var askers = askers();
    all.forEach(each -> askers.ofTables(each.all().ids(), each.catalogue()));
    var questions = questions();
    questions.existence(tables);
    try {
      askers.give(line.attempt(questions.statement()));
      return true;
    } catch (SQLException e) {
      if (line.isCanceled() || ErrorCodes.isOfConnection(e)) {
        throw e;
      }
      return false;
    }
  }

  /// Throws [TargetException] when the user may not see what the script names.
  Snapshot snapshot(Described described, Mentions mentions, SizeBorders borders, Failures failures)
      throws SQLException, TargetException {
    requireSight(described, failures);
    var builder = new SnapshotBuilder(described.catalogue(), line, described.all(), borders);
    var schema = builder.schema(mentions);
    var named = described.named();
    var cut = mentions.wholeSchema() && named.tables().size() >= MOST_TABLES;
    if (cut) {
      var own = Fingerprint.ofRecord(new Unshared(named.home(), schema));
      return new Snapshot(schema, own, builder.sizes());
    }
    var look = looks.computeIfAbsent(schema, _ -> new Look(schema, Fingerprint.of(schema)));
    return new Snapshot(look.schema(), look.fingerprint(), builder.sizes());
  }

  /// What databases have in common that look alike.
  private record Look(Schema schema, String fingerprint) {}

  /// A snapshot that may lack something: equal to none of another database.
  private record Unshared(String database, Schema schema) {}

  /// That a table is not in the catalogue means that it does not exist only for a user who would
  /// see it.
  private void requireSight(Described described, Failures failures)
      throws SQLException, TargetException {
    var databases = new TreeMap<String, TableId>();
    for (var id : described.named().ids()) {
      if (!described.catalogue().isThere(id) && !line.rights().has("SELECT", id.database())) {
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
}
