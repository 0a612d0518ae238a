// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.ChangeOrder;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Drifted;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.targets.postgresql.change.RecordTable.Limit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One task at work on one connection: what both ways of applying it have in common.
record Work(
    ChangeOrder order,
    ChangeJournal journal,
    StopSignal stop,
    Session session,
    SheetPlan sheet,
    @Nullable Mentioned mentioned,
    Faults faults) {
  Limit limit() {
    return new Limit(
        order.limits().lock().toMillis() + "ms", order.limits().statement().toMillis() + "ms");
  }

  /// Reads what the check read and compares; null if they are equal, or nothing is to be compared.
  /// Between this and the first lock that the sheet takes, others can still change the schema.
  @Nullable Drifted drift() throws Ended, Again {
    var checked = order.checked();
    if (checked == null || mentioned == null) {
      return null;
    }
    try {
      var look = session.look(mentioned, order.limits());
      if (look.fingerprint().equals(checked.fingerprint())) {
        return null;
      }
      if (!look.complete()) {
        throw new Again(
            new Failed(
                "another session holds a lock on a table that the sheet names, so that it cannot be"
                    + " compared with what was checked",
                null,
                null,
                0));
      }
      return new Drifted(checked.fingerprint(), look.fingerprint());
    } catch (TargetException e) {
      throw new Ended(stop.isStopped() ? new Canceled(0) : unreachable(e));
    }
  }

  /// What it means that a connection could not be opened, or broke before anything was executed.
  static ChangeOutcome unreachable(TargetException e) {
    var message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case UNREACHABLE, BUSY, TIMED_OUT -> new Busy(message);
      case REFUSED, CANCELED, NOT_PERMITTED, MISSING, OTHER -> new Failed(message, null, null, 0);
    };
  }

  /// A failure of ours before the first statement of the sheet.
  ChangeOutcome before(SQLException failure) throws InterruptedException {
    throwIfInterrupted();
    if (stop.isStopped()) {
      return new Canceled(0);
    }
    return session.isOpen()
        ? new Failed(Faults.words(failure), null, null, 0)
        : new Busy("The connection was lost before anything was executed.");
  }

  AppliedStatement run(ScriptStatement statement, boolean inTransaction)
      throws SQLException, LeftTransaction {
    var start = System.nanoTime();
    var done = session.run(sheet.script().source().slice(statement.span()));
    if (done.inTransaction() != inTransaction) {
      throw new LeftTransaction();
    }
    var took = Duration.ofNanos(System.nanoTime() - start);
    return Session.applied(statement.index() + 1, done, took);
  }

  /// A statement began or ended a transaction though nothing in its text says so.
  static final class LeftTransaction extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Goes to sleep before the `retry`th time, from 1, if there is to be one.
  void pauseBefore(int retry, Again again) throws Ended, InterruptedException {
    var why = again.otherwise().error();
    if (retry > order.limits().retries()) {
      throw new Ended(again.otherwise());
    }
    if (!journal.retrying(retry, why) || !pause(retry)) {
      throw new Ended(new Canceled(again.otherwise().appliedBefore()));
    }
  }

  /// False if the stop came first. Each pause is twice as long as the one before, up to 64 times.
  boolean pause(int retry) throws InterruptedException {
    var woken = new CountDownLatch(1);
    try (var _ = stop.onStop(woken::countDown)) {
      var millis = order.limits().pause().toMillis() << Math.min(retry - 1, 6);
      return !woken.await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
