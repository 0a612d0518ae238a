// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.mysql.ghost.MysqlGhost;
import dev.plancheck.targets.mysql.ghost.Sql;
import dev.plancheck.targets.mysql.ghost.TableQuestions;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tries one ALTER on an empty copy of its table in the scratch database, and copies some rows into
/// it; the copy is dropped whatever happens. One trial of a session at a time; [#cancel] may come
/// from any thread.
public final class CopyTrial {
  /// For all of it, but for the removal.
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  /// Each partition is a file that is made for the copy.
  private static final int MOST_PARTITIONS = 100;

  private final String schema;
  private final Engine engine;
  private final Opening opening;
  private final Duration atMost;
  private volatile boolean canceled;
  private volatile @Nullable Writing current;

  /// `schema` is the scratch database.
  public CopyTrial(String schema, Engine engine, Opening opening) {
    this(schema, engine, opening, AT_MOST);
  }

  CopyTrial(String schema, Engine engine, Opening opening, Duration atMost) {
    this.schema = schema;
    this.engine = engine;
    this.opening = opening;
    this.atMost = atMost;
  }

  /// Ends what runs; nothing is tried any more.
  public void cancel() {
    canceled = true;
    var writing = current;
    if (writing != null) {
      writing.stop();
    }
  }

  boolean isCanceled() {
    return canceled;
  }

  /// Never throws: whatever the server says is told.
  Trial of(TrialOrder order) {
    Writing writing;
    try {
      writing = Writing.begin(opening, engine, atMost);
    } catch (SQLException e) {
      return new Trial(
          new Outcome.Untold(
              "A second connection, to try the ALTER on a copy, could not be had (error %d)"
                  .formatted(e.getErrorCode())),
          "");
    }
    try (writing) {
      current = writing;
      if (canceled) {
        writing.stop();
      }
      return tried(writing, order);
    } finally {
      current = null;
    }
  }

  private Trial tried(Writing writing, TrialOrder order) {
    var copy = new Copy(schema, "");
    var grant = "";
    try {
      var server =
          writing.ask("SELECT UNIX_TIMESTAMP() AS second, CURRENT_USER() AS account").getFirst();
      grant = grant(String.valueOf(server.get("account")));
      var now = Long.parseLong(String.valueOf(server.get("second")));
      var partitions = partitions(writing, order);
      if (partitions > MOST_PARTITIONS) {
        return new Trial(
            new Outcome.Skipped(
                "the table has %d partitions (expected: at most %d)"
                    .formatted(partitions, MOST_PARTITIONS)),
            "");
      }
      writing.use(schema);
      Orphans.remove(writing, schema, now);
      copy = Copy.made(schema, now);
      // Whoever may not remove a copy makes none.
      writing.run(copy.drop());
    } catch (SQLException e) {
      return new Trial(refused(e, grant), "");
    }
    Outcome outcome;
    var left = copy.drop();
    try {
      outcome = outcome(writing, order, copy, grant);
    } finally {
      left = new Removal(opening, engine).remove(writing, copy);
    }
    return new Trial(outcome, left);
  }

  private static long partitions(Writing writing, TrialOrder order) throws SQLException {
    var rows =
        writing.ask(
            """
            SELECT COUNT(PARTITION_NAME) AS found FROM information_schema.PARTITIONS \
            WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s\
            """
                .formatted(Sql.literal(order.database()), Sql.literal(order.table())));
    return Long.parseLong(String.valueOf(rows.getFirst().get("found")));
  }

  private Outcome outcome(Writing writing, TrialOrder order, Copy copy, String grant) {
    try {
      writing.run(
          "CREATE TABLE %s LIKE %s.%s"
              .formatted(copy.sql(), Sql.name(order.database()), Sql.name(order.table())));
    } catch (SQLException e) {
      return refused(e, grant);
    }
    try {
      var work = Ways.alter(writing, engine, copy, order.body(), order.findsAlgorithm());
      var made = TableQuestions.of(writing::ask, schema, copy.name());
      var columns = made.columns();
      var keys = made.keys();
      return new Outcome.Altered(
          work, columns, keys, new RowCopy(writing, order, copy).run(columns));
    } catch (SQLException e) {
      return Refusals.isEnd(e) || Refusals.isOfRights(e) || Refusals.isOfTheServer(e)
          ? refused(e, grant)
          : new Outcome.Refused(e.getErrorCode(), Refusals.words(e, copy, order.table()));
    }
  }

  /// For what is not the ALTER's own fault.
  private Outcome refused(SQLException refusal, String grant) {
    var error = refusal.getErrorCode();
    if (error == Refusals.UNKNOWN_DATABASE) {
      return new Outcome.NoScratch(schema);
    }
    if (Refusals.isOfRights(refusal)) {
      return new Outcome.NoRight(grant, error);
    }
    return new Outcome.Untold(
        Refusals.isEnd(refusal)
            ? "The ALTER could not be tried on an empty copy within %d s: it took too long, or was ended"
                .formatted(atMost.toSeconds())
            : "The server refused to make an empty copy to try the ALTER on (error %d)"
                .formatted(error));
  }

  private String grant(String account) {
    return "GRANT SELECT, INSERT, CREATE, ALTER, INDEX, DROP ON %s.* TO %s"
        .formatted(Sql.name(schema), MysqlGhost.user(account));
  }
}
