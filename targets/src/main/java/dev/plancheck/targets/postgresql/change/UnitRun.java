// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.rollout.ChangeOutcome.Unknown;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.OutsideTransaction;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.targets.postgresql.change.SheetPlan.Bounds;
import dev.plancheck.targets.postgresql.change.SheetPlan.Unit;
import dev.plancheck.targets.postgresql.change.Work.LeftTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One try of a single statement, or of a transaction of the sheet: begun in the journal, done,
/// finished in the journal.
///
/// Until the last statement of a transaction is sent nothing of it can stay: a connection that is
/// lost earlier has changed nothing.
final class UnitRun {
  private static final String LEFT_BEHIND =
      "; it may have left an index that is not valid, or a partition half detached, which is to be"
          + " removed before the next try";

  private final Work work;
  private final Unit unit;
  private final int before;
  private final List<Integer> started = new ArrayList<>();

  /// `before` counts the statements that are applied already.
  UnitRun(Work work, Unit unit, int before) {
    this.work = work;
    this.unit = unit;
    this.before = before;
  }

  List<AppliedStatement> run() throws Ended, Again, InterruptedException {
    var applied = new ArrayList<AppliedStatement>();
    if (unit.bounds() == Bounds.OURS) {
      begin();
    }
    for (var statement : unit.statements()) {
      start(statement);
      try {
        applied.add(send(statement));
      } catch (SQLException e) {
        throw failed(statement, e);
      } catch (LeftTransaction _) {
        throw new Ended(
            new Unknown(
                "The statement began or ended a transaction, which cannot be told from its text.",
                statement.index() + 1));
      }
    }
    if (unit.bounds() == Bounds.OURS) {
      commit();
    }
    for (var done : applied) {
      if (!work.journal().finished(done)) {
        throw new Ended(new Canceled(before + applied.size()));
      }
    }
    return applied;
  }

  private void begin() throws Ended, InterruptedException {
    try {
      work.session().run("BEGIN");
    } catch (SQLException e) {
      throw new Ended(work.before(e));
    }
  }

  /// A server that answers with an error has rolled back.
  private void commit() throws Ended, Again, InterruptedException {
    if (work.stop().isStopped()) {
      work.session().rollBack();
      forget();
      throw new Ended(new Canceled(before));
    }
    try {
      work.session().run("COMMIT");
    } catch (SQLException e) {
      Work.throwIfInterrupted();
      if (!work.session().isOpen()) {
        throw new Ended(
            new Unknown(
                "The connection was lost at COMMIT: the whole sheet was applied or nothing of it.",
                unit.first()));
      }
      work.session().rollBack();
      forget();
      var failed = new Failed("at COMMIT: " + Faults.words(e), null, null, before);
      if (Faults.isPassing(e)) {
        throw new Again(failed);
      }
      throw new Ended(work.stop().isStopped() ? new Canceled(before) : failed);
    }
  }

  private void start(ScriptStatement statement) throws Ended {
    if (work.stop().isStopped() || !work.journal().started(statement.index() + 1)) {
      work.session().rollBack();
      forget();
      throw new Ended(new Canceled(before));
    }
    started.add(statement.index() + 1);
  }

  private AppliedStatement send(ScriptStatement statement) throws SQLException, LeftTransaction {
    var staysOpen = !isEnd(statement);
    if (!waitsForOthers(statement) || setsLockTimeout()) {
      return work.run(statement, staysOpen);
    }
    setLockTimeout("0");
    var applied = work.run(statement, staysOpen);
    try {
      setLockTimeout(work.limit().lock());
    } catch (SQLException _) {
      // The statement is done; the next one finds out that the connection is gone.
    }
    return applied;
  }

  private Ended failed(ScriptStatement statement, SQLException failure)
      throws Again, InterruptedException {
    var open = work.session().isOpen();
    if (!open && isEnd(statement)) {
      Work.throwIfInterrupted();
      return new Ended(
          new Unknown(
              "The connection was lost while the statement ran: it may have been done or not.",
              statement.index() + 1));
    }
    work.session().rollBack();
    forget();
    Work.throwIfInterrupted();
    if (work.stop().isStopped()) {
      return new Ended(new Canceled(before));
    }
    var waits = waitsForOthers(statement);
    var failed = work.faults().failed(statement, failure, waits ? LEFT_BEHIND : "", before);
    if (open && !waits && Faults.isPassing(failure)) {
      throw new Again(failed);
    }
    return new Ended(failed);
  }

  /// Nothing of what was begun is left in the database.
  private void forget() {
    for (var statement : started) {
      if (!work.journal().failed(statement)) {
        return;
      }
    }
  }

  /// Whether something takes effect with it.
  private boolean isEnd(ScriptStatement statement) {
    return switch (unit.bounds()) {
      case NONE -> true;
      case SHEET -> statement.equals(unit.statements().getLast());
      case OURS -> false;
    };
  }

  /// It waits for the transactions of others without being in anybody's way; giving up would leave
  /// half of it behind.
  private boolean waitsForOthers(ScriptStatement statement) {
    return OutsideTransaction.command(statement.statement(), work.session().version())
        .filter(command -> command.endsWith("CONCURRENTLY"))
        .isPresent();
  }

  private boolean setsLockTimeout() {
    return work.sheet().script().statements().stream()
        .limit(unit.first())
        .map(ScriptStatement::statement)
        .anyMatch(statement ->
            statement instanceof Statement.SetVariable(var name, _, _)
                && (name.equals("lock_timeout") || name.equals("all")));
  }

  private void setLockTimeout(String limit) throws SQLException {
    work.session().ask("SELECT pg_catalog.set_config('lock_timeout', ?, false)", limit);
  }
}
