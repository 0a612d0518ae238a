// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeOrder;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.rollout.ChangeOutcome.Unknown;
import dev.plancheck.checks.rollout.TargetChanger;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.postgresql.Entrance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Applies sheets to databases of PostgreSQL instances, over one connection each. Safe for use by
/// several threads; keeps nothing open.
///
/// Call it on a virtual thread: only there an interrupt ends a wait for the server at once.
public final class PostgresqlChanger implements TargetChanger {
  private final Entrance entrance;
  private final ScriptReview review;

  /// `instances` finds an instance by its id; `review` reads sheets as it does for checks, so that
  /// fingerprints can be equal.
  public PostgresqlChanger(
      Function<String, Optional<Instance>> instances, Passwords passwords, ScriptReview review) {
    this.entrance = new Entrance(instances, passwords);
    this.review = review;
  }

  @Override
  public ChangeOutcome change(ChangeOrder order, ChangeJournal journal, StopSignal stop)
      throws InterruptedException {
    if (stop.isStopped()) {
      return new Canceled(0);
    }
    try (var session =
        new Session(entrance.enter(order.target(), Session.limits(order.limits())), stop)) {
      var script = review.script(order.sheet().text(), session.version());
      var sheet = SheetPlan.of(script);
      var refusal = sheet.refusal();
      return refusal == null ? change(order, journal, stop, session, sheet) : refusal;
    } catch (TargetException e) {
      Work.throwIfInterrupted();
      return Work.unreachable(e);
    } catch (Ended e) {
      Work.throwIfInterrupted();
      return e.outcome();
    }
  }

  private ChangeOutcome change(
      ChangeOrder order, ChangeJournal journal, StopSignal stop, Session session, SheetPlan sheet)
      throws Ended, InterruptedException {
    var script = sheet.script();
    var work =
        new Work(
            order,
            journal,
            stop,
            session,
            sheet,
            mentioned(order, script),
            faults(session, script));
    try {
      return switch (mode(work)) {
        case TRANSACTION ->
            new TransactionChange(work, new LostCommit(entrance, order, work.limit())).change();
        case STATEMENTS -> new StatementsChange(work, sheet.unremembered()).change();
      };
    } catch (SQLException e) {
      return Faults.state(e).equals(Faults.LOCK_TIMEOUT)
          ? new Busy(
              "Another session holds a lock on plancheck_record.applied_change in the database.")
          : work.before(e);
    }
  }

  /// As an earlier owner chose, else in a transaction wherever that is possible.
  private static Mode mode(Work work) throws SQLException, Ended {
    var earlier = work.journal().history().mode();
    if (earlier == Mode.STATEMENTS) {
      return Mode.STATEMENTS;
    }
    var outside = work.sheet().outside();
    var obstacle =
        outside == null
            ? RecordTable.prepare(work.session(), work.limit().lock(), earlier == null)
            : outside;
    if (earlier == Mode.TRANSACTION) {
      if (obstacle != null) {
        throw new Ended(recordGone(obstacle));
      }
      return Mode.TRANSACTION;
    }
    if (obstacle != null) {
      if (work.order().priorBackup()) {
        throw new Ended(notBackedUp(obstacle));
      }
      return Mode.STATEMENTS;
    }
    if (!work.journal().began(Mode.TRANSACTION)) {
      throw new Ended(new Canceled(0));
    }
    return Mode.TRANSACTION;
  }

  private static Unknown recordGone(String obstacle) {
    return new Unknown(
        "An earlier try may have applied the whole sheet, and the database's record of it cannot be"
            + " read any more: %s.".formatted(obstacle),
        1);
  }

  private static Failed notBackedUp(String obstacle) {
    return new Failed(
        "prior backup is not possible: the sheet cannot be applied in one transaction that the"
            + " database remembers, because %s".formatted(obstacle),
        null,
        null,
        0);
  }

  private @Nullable Mentioned mentioned(ChangeOrder order, Script script) {
    var checked = order.checked();
    if (checked == null) {
      return null;
    }
    var scripts = new ArrayList<Script>();
    checked.before().forEach(text -> scripts.add(review.script(text, script.version())));
    scripts.add(script);
    return new Mentioned(Mentions.of(scripts), checked.borders());
  }

  private static Faults faults(Session session, Script script) throws Ended, InterruptedException {
    try {
      return new Faults(script, session.countsBytes());
    } catch (SQLException e) {
      Work.throwIfInterrupted();
      throw new Ended(new Busy("The connection was lost before anything was executed."));
    }
  }
}
