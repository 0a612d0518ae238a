// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.Backup;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.ChangeOutcome.Applied;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.rollout.ChangeOutcome.Unknown;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.targets.postgresql.change.Work.LeftTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies a task in one transaction, which the database remembers with the row that it writes
/// first: exactly once.
///
/// Whoever comes second waits for the first one's row, and finds it or may write it. An answer to
/// COMMIT that was lost is looked up in the same way.
final class TransactionChange {
  private final Work work;
  private final LostCommit lostCommit;
  private final long begun = System.nanoTime();

  TransactionChange(Work work, LostCommit lostCommit) {
    this.work = work;
    this.lostCommit = lostCommit;
  }

  ChangeOutcome change() throws Ended, InterruptedException, SQLException {
    if (work.order().priorBackup()) {
      PriorBackup.prepare(work);
    }
    for (var retry = 1; ; retry++) {
      try {
        return attempt();
      } catch (Again again) {
        work.pauseBefore(retry, again);
      }
    }
  }

  /// The row comes before the answer about the fingerprint: whoever was first may have changed it.
  private ChangeOutcome attempt() throws Ended, Again, InterruptedException {
    throwIfStopped();
    var drifted = work.drift();
    begin();
    if (drifted != null) {
      work.session().rollBack();
      return drifted;
    }
    var backup = backup();
    var applied = new ArrayList<AppliedStatement>();
    for (var statement : work.sheet().script().statements()) {
      applied.add(apply(statement, backup));
    }
    if (!work.journal().committing()) {
      work.session().rollBack();
      return new Canceled(0);
    }
    return commit(applied, backup == null ? null : backup.backup());
  }

  private @Nullable PriorBackup backup() throws Ended, InterruptedException {
    try {
      return work.order().priorBackup() ? PriorBackup.begin(work) : null;
    } catch (SQLException e) {
      throw new Ended(work.before(e));
    }
  }

  private void begin() throws Ended, Again, InterruptedException {
    var order = work.order();
    try {
      RecordTable.begin(work.session(), order.task(), order.sheet().sha256(), work.limit());
    } catch (SQLException e) {
      work.session().rollBack();
      throw notBegun(e);
    }
  }

  private Ended notBegun(SQLException failure) throws Again, InterruptedException {
    if (!work.session().isOpen() || work.stop().isStopped()) {
      return new Ended(work.before(failure));
    }
    return switch (Faults.state(failure)) {
      case Faults.DUPLICATE_KEY -> new Ended(earlier());
      case Faults.LOCK_TIMEOUT ->
          new Ended(new Busy("An earlier transaction of this task is still open in the database."));
      default -> {
        var failed = new Failed(Faults.words(failure), null, null, 0);
        if (Faults.isPassing(failure)) {
          throw new Again(failed);
        }
        yield new Ended(failed);
      }
    };
  }

  private ChangeOutcome earlier() throws InterruptedException {
    try {
      var sheet = RecordTable.applied(work.session(), work.order().task());
      return work.order().sheet().sha256().equals(sheet)
          ? new Applied(List.of(), true, null, took())
          : new Failed(
              "the database has recorded this task for another sheet, %s".formatted(sheet),
              null,
              null,
              0);
    } catch (SQLException e) {
      return work.before(e);
    }
  }

  private AppliedStatement apply(ScriptStatement statement, @Nullable PriorBackup backup)
      throws Ended, Again, InterruptedException {
    throwIfStopped();
    try {
      if (backup != null) {
        backup.before(statement);
      }
      var applied = work.run(statement, true);
      if (backup != null) {
        backup.after(statement, applied);
      }
      return applied;
    } catch (SQLException e) {
      throw notApplied(statement, e);
    } catch (LeftTransaction _) {
      throw new Ended(
          new Unknown(
              "The statement ended the transaction in which it ran: what was done before it is"
                  + " applied or not, as it chose.",
              statement.index() + 1));
    }
  }

  private Ended notApplied(ScriptStatement statement, SQLException failure)
      throws Again, InterruptedException {
    Work.throwIfInterrupted();
    var open = work.session().isOpen();
    work.session().rollBack();
    if (work.stop().isStopped()) {
      return new Ended(new Canceled(0));
    }
    var failed = work.faults().failed(statement, failure, 0);
    if (open && Faults.isPassing(failure)) {
      throw new Again(failed);
    }
    return new Ended(failed);
  }

  private ChangeOutcome commit(List<AppliedStatement> applied, @Nullable Backup backup)
      throws Ended, Again, InterruptedException {
    try {
      var done = work.session().run("COMMIT");
      return done.tag().equals("COMMIT")
          ? new Applied(applied, false, backup, took())
          : new Failed("the server rolled back at COMMIT", null, null, 0);
    } catch (SQLException e) {
      Work.throwIfInterrupted();
      if (!work.session().isOpen()) {
        return lostCommit.wasApplied()
            ? new Applied(applied, false, backup, took())
            : new Failed(
                "the connection was lost at COMMIT, and the database rolled everything back",
                null,
                null,
                0);
      }
      work.session().rollBack();
      if (work.stop().isStopped()) {
        return new Canceled(0);
      }
      var failed = new Failed("at COMMIT: " + Faults.words(e), null, null, 0);
      if (Faults.isPassing(e)) {
        throw new Again(failed);
      }
      return failed;
    }
  }

  private void throwIfStopped() throws Ended {
    if (work.stop().isStopped()) {
      work.session().rollBack();
      throw new Ended(new Canceled(0));
    }
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
