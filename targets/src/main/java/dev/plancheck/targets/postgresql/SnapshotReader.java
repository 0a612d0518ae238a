// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.postgresql.Foresight.Hint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the snapshot of one target: everything that a script can reach, in one read-only
/// transaction.
///
/// One message asks for all about the relations that the script names, a second one for what these
/// reach; a further one only where that leads on: to partitions of partitions, views on views, or
/// names of what users made.
///
/// Where [Foresight] has a hint, all of that goes into the first message: see [Foreseen]. A hint
/// that asked for more than is reached could let another database show through: then everything is
/// read again.
record SnapshotReader(
    Wire wire, EngineVersion version, DatabaseName target, Limits limits, Foresight foresight) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /// What was read, and which of its tables need no further question. `sized` is false where a lock
  /// of others stood before the sizes.
  record Answer(Snapshot snapshot, QuietTables quiet, boolean sized) {}

  Answer read(Mentions mentions, SizeBorders borders) throws SQLException {
    var hint = mentions.wholeSchema() ? null : foresight.of(mentions, target.instance());
    if (hint != null) {
      var foreseen = readForeseen(mentions, borders, hint);
      foresight.judge(mentions, target.instance(), foreseen.isPresent());
      if (foreseen.isPresent()) {
        return foreseen.get();
      }
    }
    var reading = readAll(mentions, borders);
    if (!mentions.wholeSchema()) {
      reading.hint().ifPresent(learned -> foresight.learn(mentions, target.instance(), learned));
    }
    return reading.answer();
  }

  /// Empty where the hint does not fit.
  private Optional<Answer> readForeseen(Mentions mentions, SizeBorders borders, Hint hint)
      throws SQLException {
    try {
      var reading = new Reading(mentions, borders, true);
      return reading.begin(hint) && reading.finish()
          ? Optional.of(reading.answer())
          : Optional.empty();
    } catch (SQLException e) {
      if (!Failures.state(e).equals(LOCK_NOT_AVAILABLE)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Reading readAll(Mentions mentions, SizeBorders borders) throws SQLException {
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

  private Reading read(Mentions mentions, SizeBorders borders, boolean sizes) throws SQLException {
    var reading = new Reading(mentions, borders, sizes);
    reading.begin();
    reading.finish();
    return reading;
  }

  /// One transaction.
  private final class Reading {
    private final Mentions mentions;
    private final SizeBorders borders;
    private final Catalogue catalogue = new Catalogue();
    private final CatalogueRows rows = new CatalogueRows(catalogue);
    private final Reach reach = new Reach(catalogue);
    private final Opening opening = new Opening(rows, reach);
    private final Description description;
    private final boolean sizes;
    private @Nullable Snapshot snapshot;

    Reading(Mentions mentions, SizeBorders borders, boolean sizes) {
      this.mentions = mentions;
      this.borders = borders;
      this.sizes = sizes;
      this.description = new Description(rows, version.major(), sizes);
    }

    void begin() throws SQLException {
      var questions = new ArrayList<>(opening.questions(mentions, limits));
      questions.addAll(description.ofThose(Opening.NAMED_RELATIONS));
      ask(Opening.BEGIN, questions);
    }

    /// False where the hint does not fit at all; then nothing that was read counts.
    boolean begin(Hint hint) throws SQLException {
      var foreseen = new Foreseen(rows, opening, reach, hint);
      ask(Opening.BEGIN, foreseen.questions(mentions, limits, description));
      if (!foreseen.fits()) {
        wire.rollBackNext();
        return false;
      }
      return true;
    }

    /// Asks until nothing is missing; false if more was foreseen than is reached.
    boolean finish() throws SQLException {
      while (snapshot == null) {
        var questions = new ArrayList<>(opening.furtherQuestions());
        var reached = reach.next();
        if (!reached.isEmpty()) {
          questions.addAll(description.of(reached));
        }
        if (questions.isEmpty()) {
          questions.addAll(build());
        }
        if (!questions.isEmpty()) {
          ask("", questions);
        }
      }
      wire.rollBackNext();
      return reach.isForeseenRight() && catalogue.known().stream().allMatch(Known::isForeseenRight);
    }

    Answer answer() {
      return new Answer(
          Objects.requireNonNull(snapshot, "finish comes first"), QuietTables.of(catalogue), sizes);
    }

    Optional<Hint> hint() {
      return Foreseen.hint(catalogue, opening, reach);
    }

    /// Building it looks up names, and so finds out which are not known yet.
    private List<Question> build() {
      var session = opening.facts(version);
      var builder = new SnapshotBuilder(catalogue, target.toString(), borders, session.pageBytes());
      var schema = builder.schema(session);
      var missing = new Naming(rows).questions();
      if (missing.isEmpty()) {
        snapshot = new Snapshot(schema, fingerprint(schema), builder.sizes());
      }
      return missing;
    }

    private String fingerprint(Schema schema) {
      return catalogue.described().count() < Opening.MOST_RELATIONS
          ? Fingerprint.of(schema)
          : Fingerprint.ofRecord(new Unshared(target.toString(), schema));
    }

    private void ask(String before, List<Question> questions) throws SQLException {
      try {
        wire.ask(before, questions);
      } catch (SQLException e) {
        wire.rollBackNext();
        throw e;
      }
    }
  }

  /// A snapshot that may lack something: equal to none of another database.
  private record Unshared(String target, Schema schema) {}
}
