// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunEvent.Kind;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.ConfigCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/// Makes what an attempt found, and what it kept, the plan's stored results. An attempt whose
/// shards are complete becomes DONE by it; a canceled or failed one stays as it is.
///
/// Nobody writes results of such an attempt any more, so they are read without a lock; only the
/// last step, a compare-and-set of the run, locks its rows. Any number of programs may fold at
/// once.
final class Folding {
  private static final int MOST_TRIES = 10;

  /// An attempt that can be folded; one that nobody began has no time.
  record Ready(
      AttemptKey key, RunStatus status, PlanCheckRunConfig config, @Nullable Instant startedAt) {}

  private final Jdbi jdbi;
  private final long budget;
  private final List<Consumer<PlanCheckRun>> listeners = new CopyOnWriteArrayList<>();

  /// `budget` is the most bytes of JSON that a row holds of a result, and each part of the
  /// overflow.
  Folding(Jdbi jdbi, long budget) {
    this.jdbi = jdbi;
    this.budget = budget;
  }

  /// Calls `listener` with every run that this process folds, as it is then.
  void add(Consumer<PlanCheckRun> listener) {
    listeners.add(listener);
  }

  /// Returns when the attempt is folded, or is not to be: it is still at work, or not the last one.
  void fold(AttemptKey key) {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      if (isFolded(key)) {
        return;
      }
    }
    throw new IllegalStateException(
        "run %d changes in attempt %d while it is folded".formatted(key.run(), key.attempt()));
  }

  /// Folds what can be folded now.
  void foldAll() {
    jdbi.withHandle(handle ->
            handle
                .createQuery(
                    "select id, attempt from plancheck.plan_check_run where result_attempt <"
                        + " attempt")
                .map((row, _) -> new AttemptKey(row.getLong("id"), row.getInt("attempt")))
                .list())
        .forEach(this::fold);
  }

  /// False if somebody changed the run meanwhile.
  private boolean isFolded(AttemptKey key) {
    var nothingToDo = new boolean[1];
    try {
      var folded =
          Transactions.whole(
              jdbi,
              handle -> {
                var ready = ready(handle, key);
                nothingToDo[0] = ready.isEmpty();
                return ready.isPresent() && fold(handle, ready.get());
              });
      if (folded) {
        tell(key);
      }
      return folded || nothingToDo[0];
    } catch (JdbiException e) {
      if (isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  private void tell(AttemptKey key) {
    if (!listeners.isEmpty()) {
      new RunReader(jdbi)
          .list(Runs.Query.first(1).withIds(Set.of(key.run())))
          .forEach(run -> listeners.forEach(listener -> listener.accept(run)));
    }
  }

  private static Optional<Ready> ready(Handle handle, AttemptKey key) {
    return handle
        .createQuery(
            """
            select status, config, started_at from plancheck.plan_check_run
            where id = :run and attempt = :attempt and result_attempt < attempt
              and (status in ('DONE', 'FAILED', 'CANCELED')
                or status = 'RUNNING' and shards_left = 0)
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .map((row, _) ->
            new Ready(
                key,
                StoredNames.read(RunStatus.class, row.getString("status")),
                ConfigCodec.fromJson(row.getString("config")),
                RunReader.instant(row, "started_at")))
        .findOne();
  }

  private boolean fold(Handle handle, Ready ready) {
    var parts = new PartWriter(handle, ready.key(), budget);
    var fold = new Fold(handle, ready, parts);
    fold.run();
    RunEndings.lockShards(handle, ready.key());
    if (!set(handle, ready, fold, parts)) {
      return false;
    }
    clear(handle, ready.key());
    if (ready.status() == RunStatus.RUNNING) {
      RunLog.append(handle, ready.key().run(), Kind.DONE, "");
    }
    return true;
  }

  /// Only if nothing has changed since.
  private static boolean set(Handle handle, Ready ready, Fold fold, PartWriter parts) {
    var counts = fold.counts();
    var update =
        handle
            .createUpdate(
                """
                update plancheck.plan_check_run
                set status = case status when 'RUNNING' then 'DONE' else status end,
                  verdict = coalesce(verdict, :verdict),
                  result = :result::jsonb, result_attempt = attempt,
                  result_started_at = started_at, result_count = :resultCount,
                  oldest_result_at = :oldest,
                  updated_at = greatest(updated_at, clock_timestamp()),
                  finished_at = coalesce(finished_at, greatest(updated_at, clock_timestamp())),
                  sampled_of = :matched, target_count = :targets, done_count = :done,
                  success_count = :success, warning_count = :warning, error_count = :error,
                  not_performed_count = :notPerformed
                where id = :run and attempt = :attempt and status = :status
                  and result_attempt < attempt and (status <> 'RUNNING' or shards_left = 0)
                """)
            .bind("run", ready.key().run())
            .bind("attempt", ready.key().attempt())
            .bind("status", ready.status().name())
            .bind("verdict", counts.verdict(RunStatus.DONE).name())
            .bind("oldest", fold.oldest().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
            .bind("result", parts.first())
            .bind("resultCount", parts.firstCount());
    return StoredCounts.bind(update, counts).execute() == 1;
  }

  /// Removes what is in the result now, and what the result was before.
  private static void clear(Handle handle, AttemptKey key) {
    execute(
        handle,
        "delete from plancheck.plan_check_run_chunk where run_id = :run and attempt <= :attempt",
        key);
    execute(
        handle,
        "delete from plancheck.plan_check_run_shard where run_id = :run and attempt <= :attempt",
        key);
    execute(
        handle,
        "delete from plancheck.plan_check_run_overflow where run_id = :run and attempt < :attempt",
        key);
  }

  private static void execute(Handle handle, String sql, AttemptKey key) {
    handle.createUpdate(sql).bind("run", key.run()).bind("attempt", key.attempt()).execute();
  }

  /// Another program stores the same parts at this moment.
  private static boolean isDuplicate(JdbiException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && PSQLState.UNIQUE_VIOLATION.getState().equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
