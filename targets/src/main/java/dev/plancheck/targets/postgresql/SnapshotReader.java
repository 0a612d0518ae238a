// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.SizeBorders;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import java.sql.SQLException;
import java.util.ArrayList;

/// Reads the snapshot of one target: everything that a script can reach, in one read-only
/// transaction.
///
/// One message asks for all about the relations that the script names, a second one for what these
/// reach; a further one only where that leads on: to partitions of partitions, views on views, or
/// names of what users made.
record SnapshotReader(Wire wire, EngineVersion version, String target, Limits limits) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  Snapshot read(Mentions mentions, SizeBorders borders) throws SQLException {
    try {
      return read(mentions, borders, true);
    } catch (SQLException e) {
      if (!Failures.state(e).equals(LOCK_NOT_AVAILABLE)) {
        throw e;
      }
      // Asking for a size waits for whoever holds the table exclusively; the catalogue does not.
      return read(mentions, borders, false);
    }
  }

  private Snapshot read(Mentions mentions, SizeBorders borders, boolean sizes) throws SQLException {
    var catalogue = new Catalogue();
    var rows = new CatalogueRows(catalogue);
    var reach = new Reach(catalogue);
    var opening = new Opening(rows, reach);
    var description = new Description(rows, version.major(), sizes);
    try {
      var questions = new ArrayList<>(opening.questions(mentions, limits));
      questions.addAll(description.ofThose(Opening.NAMED_RELATIONS));
      wire.ask(Opening.BEGIN, questions);
      while (true) {
        questions = new ArrayList<>(opening.furtherQuestions());
        var reached = reach.next();
        if (!reached.isEmpty()) {
          questions.addAll(description.of(reached));
        }
        if (questions.isEmpty()) {
          // Building it looks up names, and so finds out which are not known yet.
          var session = opening.facts(version);
          var builder = new SnapshotBuilder(catalogue, target, borders, session.pageBytes());
          var schema = builder.schema(session);
          questions.addAll(new Naming(rows).questions());
          if (questions.isEmpty()) {
            return snapshot(catalogue, schema, builder);
          }
        }
        wire.ask("", questions);
      }
    } finally {
      wire.rollBackNext();
    }
  }

  private Snapshot snapshot(Catalogue catalogue, Schema schema, SnapshotBuilder builder) {
    var complete = catalogue.described().count() < Opening.MOST_RELATIONS;
    return new Snapshot(
        schema,
        complete ? Fingerprint.of(schema) : Fingerprint.ofRecord(new Unshared(target, schema)),
        builder.sizes());
  }

  /// A snapshot that may lack something: equal to none of another database.
  private record Unshared(String target, Schema schema) {}
}
