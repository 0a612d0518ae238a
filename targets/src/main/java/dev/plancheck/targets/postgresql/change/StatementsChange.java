// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.ChangeOutcome.Applied;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.targets.postgresql.change.SheetPlan.Unit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Applies a task statement by statement, of which only the journal knows: at most once.
///
/// A lock of the session keeps others out as long as its backend lives. What the journal has as
/// begun and not as finished is never begun again.
final class StatementsChange {
  private final Work work;
  private final TaskLock lock;
  private final List<Unit> units;
  private final long begun = System.nanoTime();

  /// `units` as the sheet has them, or the sheet as a whole.
  StatementsChange(Work work, List<Unit> units) {
    this.work = work;
    this.lock = TaskLock.of(work.order().task());
    this.units = List.copyOf(units);
  }

  ChangeOutcome change() throws Ended, InterruptedException {
    try {
      takeLock();
      var progress = Progress.of(units, work.journal().history().entries());
      if (progress.left().isEmpty() && !units.isEmpty()) {
        return new Applied(progress.finished(), true, null, took());
      }
      if (progress.finished().isEmpty()) {
        compare();
      }
      if (!work.journal().began(Mode.STATEMENTS)) {
        return new Canceled(progress.finished().size());
      }
      prepare(progress);
      return apply(progress);
    } catch (SQLException e) {
      return work.before(e);
    }
  }

  private void takeLock() throws Ended, SQLException, InterruptedException {
    if (!lock.take(work.session())) {
      throw new Ended(
          new Busy("An earlier session of this task is still at work in the database."));
    }
  }

  private void compare() throws Ended, InterruptedException {
    for (var retry = 1; ; retry++) {
      try {
        var drifted = work.drift();
        if (drifted != null) {
          throw new Ended(drifted);
        }
        return;
      } catch (Again again) {
        work.pauseBefore(retry, again);
      }
    }
  }

  /// The limits, and what the sheet itself had set in a session that is gone.
  private void prepare(Progress progress) throws SQLException {
    setLimits();
    for (var statement : progress.replayed()) {
      work.session().run(work.sheet().script().source().slice(statement.span()));
    }
  }

  private void setLimits() throws SQLException {
    work.session()
        .ask(
            "SELECT pg_catalog.set_config('lock_timeout', ?, false),"
                + " pg_catalog.set_config('statement_timeout', ?, false)",
            work.limit().lock(),
            work.limit().statement());
  }

  private ChangeOutcome apply(Progress progress) throws Ended, InterruptedException, SQLException {
    var applied = new ArrayList<>(progress.finished());
    for (var unit : progress.left()) {
      applied.addAll(unit(unit, applied.size()));
      if (discardsAll(unit)) {
        // That has let go of the lock too.
        takeLock();
        setLimits();
      }
    }
    return new Applied(applied, false, null, took());
  }

  private List<AppliedStatement> unit(Unit unit, int before) throws Ended, InterruptedException {
    for (var retry = 1; ; retry++) {
      try {
        return new UnitRun(work, unit, before).run();
      } catch (Again again) {
        work.pauseBefore(retry, again);
      }
    }
  }

  private static boolean discardsAll(Unit unit) {
    return unit.statements().stream()
        .map(ScriptStatement::statement)
        .anyMatch(statement ->
            statement instanceof Statement.Utility(var command, _, _)
                && command.equals("DISCARD ALL"));
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
