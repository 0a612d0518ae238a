// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.RolloutTasks;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.run.CheckedState;
import dev.plancheck.store.codec.StoredText;
import dev.plancheck.store.codec.TaskResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Tasks in the table `rollout_task`, for those who work on them. Claims and ends hold the lock of
/// the rollout; what is written in between is conditional on the task alone.
final class PostgresRolloutTasks implements RolloutTasks {
  private final Jdbi jdbi;

  PostgresRolloutTasks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Claim> claim(TaskTurn turn) {
    return jdbi.inTransaction(handle ->
        RolloutLock.lock(handle, turn.task().rollout()).flatMap(lock -> claim(lock, turn)));
  }

  private static Optional<Claim> claim(RolloutLock lock, TaskTurn turn) {
    var number = turn.task().number();
    var state = lock.state(turn.task()).filter(TaskState::isMoving);
    if (state.isEmpty() || !isTurn(lock.handle(), turn)) {
      return Optional.empty();
    }
    if (!lock.isActive()
        || (state.get() == TaskState.QUEUED && isTooLate(lock.handle(), turn.task()))) {
      lock.putBack(number, TaskState.PENDING);
      return Optional.empty();
    }
    bind(
            lock.handle()
                .createUpdate(
                    """
                    update plancheck.rollout_task
                    set state = 'RUNNING', epoch = epoch + 1, started_at = clock_timestamp()
                    where rollout_id = :rollout and number = :number
                    """),
            turn.task())
        .execute();
    return Optional.of(read(lock.handle(), turn.task()));
  }

  private static boolean isTurn(Handle handle, TaskTurn turn) {
    return bind(
            handle.createQuery(
                """
                select turn = :turn from plancheck.rollout_task
                where rollout_id = :rollout and number = :number
                """),
            turn.task())
        .bind("turn", turn.turn())
        .mapTo(Boolean.class)
        .one();
  }

  /// The stage stopped meanwhile, or what the gate said is of long ago.
  private static boolean isTooLate(Handle handle, TaskKey key) {
    return bind(
            handle.createQuery(
                """
                select coalesce(t.queued_at < clock_timestamp() - :holds * interval '1 ms', true)
                  or not t.asked and r.failure_policy = 'STOP_STAGE' and exists (
                    select from plancheck.rollout_task as f
                    where f.rollout_id = t.rollout_id and f.stage = t.stage
                      and f.state in ('FAILED', 'UNKNOWN', 'DRIFTED'))
                from plancheck.rollout_task as t
                join plancheck.rollout as r on r.id = t.rollout_id
                where t.rollout_id = :rollout and t.number = :number
                """),
            key)
        .bind("holds", WORD_OF_GATE.toMillis())
        .mapTo(Boolean.class)
        .one();
  }

  private static Claim read(Handle handle, TaskKey key) {
    var before =
        bind(
                handle.createQuery(
                    """
                    select e.sheet
                    from plancheck.rollout_task as t
                    join plancheck.rollout_task as e on e.rollout_id = t.rollout_id
                      and e.instance = t.instance and e.database = t.database
                      and e.number < t.number
                    where t.rollout_id = :rollout and t.number = :number
                    order by e.number
                    """),
                key)
            .mapTo(String.class)
            .list();
    return bind(
            handle.createQuery(
                """
                select t.*, r.uid, p.project_id, p.number as plan_number,
                  coalesce(extract(epoch from clock_timestamp() - t.busy_since) * 1000, 0)
                    as waited_ms
                from plancheck.rollout_task as t
                join plancheck.rollout as r on r.id = t.rollout_id
                join plancheck.plan as p on p.id = r.plan_id
                where t.rollout_id = :rollout and t.number = :number
                """),
            key)
        .map((row, _) ->
            new Claim(
                key,
                row.getInt("epoch"),
                new PlanName(row.getString("project_id"), row.getLong("plan_number")),
                RolloutRows.name(row),
                RolloutRows.item(row),
                before,
                checked(row),
                Duration.ofMillis(Math.max(0, row.getLong("waited_ms")))))
        .one();
  }

  private static @Nullable CheckedState checked(ResultSet row) throws SQLException {
    var fingerprint = row.getString("fingerprint");
    var policy = row.getString("policy_hash");
    return fingerprint == null ? null : new CheckedState(fingerprint, policy == null ? "" : policy);
  }

  @Override
  public boolean isWanted(Claim claim) {
    return jdbi.withHandle(handle ->
        bind(
                handle.createQuery(
                    """
                    select count(*) = 1
                    from plancheck.rollout_task as t
                    join plancheck.rollout as r on r.id = t.rollout_id
                    where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
                      and t.state = 'RUNNING' and r.status = 'ACTIVE'
                    """),
                claim.key())
            .bind("epoch", claim.epoch())
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public ChangeJournal journal(Claim claim) {
    return new TaskJournal(jdbi, claim);
  }

  @Override
  public boolean finish(Claim claim, ChangeOutcome outcome) {
    return owned(
        claim,
        lock -> {
          var end = TaskEnd.of(outcome, isForeign(lock.handle(), claim));
          keep(lock.handle(), claim, outcome);
          write(lock.handle(), claim, end);
          if (end.logged()) {
            ChangeLog.add(lock.handle(), claim.key());
          }
          if (end.state() == TaskState.DONE) {
            TaskSteps.askForChecks(lock.handle(), claim.key());
          }
        });
  }

  /// Whether an earlier owner sent COMMIT, of which nobody has heard.
  private static boolean isForeign(Handle handle, Claim claim) {
    return bind(
            handle.createQuery(
                """
                select committing not in (0, :epoch) from plancheck.rollout_task
                where rollout_id = :rollout and number = :number
                """),
            claim.key())
        .bind("epoch", claim.epoch())
        .mapTo(Boolean.class)
        .one();
  }

  private static void write(Handle handle, Claim claim, TaskEnd end) {
    var report = end.report();
    var position = report.position();
    bind(
            handle.createUpdate(
                """
                update plancheck.rollout_task
                set state = :state, words = :words, statement = :statement, line = :line,
                  column_number = :column, applied_before = :applied,
                  ended_at = clock_timestamp(), busy_since = null, asked = false,
                  check_after = case :state when 'DRIFTED' then clock_timestamp() else check_after
                    end,
                  committing = case when :state in ('DONE', 'FAILED', 'DRIFTED') then 0
                    else committing end
                where rollout_id = :rollout and number = :number
                """),
            claim.key())
        .bind("state", end.state().name())
        .bind("words", StoredText.escape(report.words()))
        .bind("statement", report.statement())
        .bind("line", position == null ? null : position.line())
        .bind("column", position == null ? null : position.column())
        .bind("applied", report.appliedBefore())
        .execute();
  }

  /// Once the task is DONE nothing of it changes any more.
  private static void keep(Handle handle, Claim claim, ChangeOutcome outcome) {
    if (outcome instanceof ChangeOutcome.Applied(var statements, _, var backup, _)) {
      bind(
              handle.createUpdate(
                  """
                  update plancheck.rollout_task set result = :result::jsonb
                  where rollout_id = :rollout and number = :number
                    and mode is distinct from 'STATEMENTS'
                  """),
              claim.key())
          .bind("result", TaskResultCodec.toJson(statements, backup))
          .execute();
    }
  }

  @Override
  public boolean postpone(Claim claim, String why, Duration pause) {
    return owned(
        claim,
        lock -> {
          bind(
                  lock.handle()
                      .createUpdate(
                          """
                          update plancheck.rollout_task
                          set words = :why, busy_since = coalesce(busy_since, clock_timestamp()),
                            not_before = clock_timestamp() + :pause * interval '1 ms'
                          where rollout_id = :rollout and number = :number
                          """),
                  claim.key())
              .bind("why", StoredText.escape(why))
              .bind("pause", pause.toMillis())
              .execute();
          lock.putBack(claim.key().number(), TaskState.PENDING);
        });
  }

  @Override
  public boolean release(Claim claim) {
    return owned(claim, lock -> lock.putBack(claim.key().number(), TaskState.QUEUED));
  }

  private boolean owned(Claim claim, Consumer<RolloutLock> write) {
    return Transactions.whole(
        jdbi,
        handle -> {
          var lock =
              RolloutLock.lock(handle, claim.key().rollout()).filter(_ -> owns(handle, claim));
          lock.ifPresent(write);
          return lock.isPresent();
        });
  }

  private static boolean owns(Handle handle, Claim claim) {
    return bind(
            handle.createQuery(
                """
                select count(*) = 1 from plancheck.rollout_task
                where rollout_id = :rollout and number = :number and epoch = :epoch
                  and state = 'RUNNING'
                """),
            claim.key())
        .bind("epoch", claim.epoch())
        .mapTo(Boolean.class)
        .one();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, TaskKey key) {
    return statement.bind("rollout", key.rollout()).bind("number", key.number());
  }
}
