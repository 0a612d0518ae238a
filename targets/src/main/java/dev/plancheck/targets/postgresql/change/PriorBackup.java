// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.Backup;
import dev.plancheck.checks.rollout.Backup.BackedUpTable;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.targets.postgresql.change.RowChange.Unsupported;
import dev.plancheck.targets.postgresql.wire.Literals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Copies the rows that the UPDATEs and DELETEs of a task will change into tables of the schema
/// `plancheck_backup`, in the task's own transaction.
///
/// The copy locks its rows. Afterwards the statement must have changed as many rows, and none of
/// the locked ones may be where it was: so what was changed is what was copied. What triggers do to
/// other tables is not part of it.
final class PriorBackup {
  static final String SCHEMA = "plancheck_backup";

  private static final OwnSchema PLACE = new OwnSchema(SCHEMA, null, "");
  private static final int PREFIX_BYTES = 8;

  private final Work work;
  private final Map<Integer, RowChange> changes;
  private final Map<Integer, TableFacts> copied = new HashMap<>();
  private final List<BackedUpTable> tables = new ArrayList<>();
  private long rows;

  private PriorBackup(Work work, Map<Integer, RowChange> changes) {
    this.work = work;
    this.changes = changes;
  }

  /// Makes the schema, in a transaction of its own.
  static void prepare(Work work) throws SQLException, Ended {
    var obstacle = PLACE.prepare(work.session(), work.limit().lock(), true);
    if (obstacle != null) {
      throw new Ended(new Failed("prior backup is not possible: " + obstacle, null, null, 0));
    }
  }

  /// Looks at every statement before the first one runs; throws [Ended] for one that cannot be
  /// backed up.
  static PriorBackup begin(Work work) throws SQLException, Ended {
    var changes = new HashMap<Integer, RowChange>();
    for (var statement : work.sheet().script().statements()) {
      try {
        var change = RowChange.of(work.sheet().script(), statement);
        if (change != null) {
          TableFacts.read(work.session(), change);
          changes.put(statement.index(), change);
        }
      } catch (Unsupported e) {
        throw refused(work, statement, e);
      }
    }
    return new PriorBackup(work, changes);
  }

  /// Earlier statements may have changed what the table is like, so it is looked at again.
  void before(ScriptStatement statement) throws SQLException, Ended {
    var change = changes.get(statement.index());
    if (change == null) {
      return;
    }
    try {
      var facts = TableFacts.read(work.session(), change);
      copied.put(statement.index(), facts);
      copy(change, facts);
    } catch (Unsupported e) {
      throw refused(work, statement, e);
    }
  }

  private void copy(RowChange change, TableFacts facts) throws SQLException {
    var session = work.session();
    var done =
        session.run(
            "CREATE TABLE %s AS SELECT %s.*, %s.ctid AS plancheck_ctid FROM %s WHERE (%s\n) FOR UPDATE"
                .formatted(
                    table(change), change.row(), change.row(), change.from(), change.condition()));
    var counted = Session.applied(change.number(), done, Duration.ZERO).rows();
    rows = counted == null ? -1 : counted;
    session.run(
        "COMMENT ON TABLE %s IS %s"
            .formatted(
                table(change),
                Literals.fill(
                    "?",
                    "Rows of %s before statement %d of the task %s of plancheck changed them."
                        .formatted(facts.name(), change.number(), work.order().task()))));
  }

  /// Throws [Ended] when other rows were changed than were copied.
  void after(ScriptStatement statement, AppliedStatement applied) throws SQLException, Ended {
    var change = changes.get(statement.index());
    var facts = copied.get(statement.index());
    if (change == null || facts == null) {
      return;
    }
    var untouched =
        work.session()
            .value(
                """
                SELECT pg_catalog.count(*) FROM ONLY %s AS t, %s AS b
                  WHERE t.ctid OPERATOR(pg_catalog.=) b.plancheck_ctid
                """
                    .formatted(facts.name(), table(change)));
    if (applied.rows() == null || applied.rows() != rows || !"0".equals(untouched)) {
      throw new Ended(
          work.faults()
              .failed(
                  statement,
                  "prior backup: %d rows were copied, and the statement changed %s rows, not the same"
                          .formatted(rows, applied.rows())
                      + " ones: others change the table at the same time, or a trigger does; all is"
                      + " rolled back",
                  0));
    }
    work.session().run("ALTER TABLE %s DROP COLUMN plancheck_ctid".formatted(table(change)));
    tables.add(
        new BackedUpTable(
            change.number(),
            facts.name(),
            table(change),
            rows,
            facts.restore(table(change), change.isUpdate())));
  }

  Backup backup() {
    return new Backup(tables);
  }

  /// One for each task and statement.
  private String table(RowChange change) {
    var task = HexFormat.of().formatHex(TaskLock.sha256(work.order().task()), 0, PREFIX_BYTES);
    return "%s.task_%s_%d".formatted(SCHEMA, task, change.number());
  }

  private static Ended refused(Work work, ScriptStatement statement, Unsupported unsupported) {
    return new Ended(
        work.faults()
            .failed(
                statement,
                "prior backup of statement %d is not possible: %s"
                    .formatted(statement.index() + 1, unsupported.getMessage()),
                0));
  }
}
