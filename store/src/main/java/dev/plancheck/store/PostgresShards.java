// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.ConfigCodec;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Shards in the table `plan_check_run_shard`. Each write begins with an update of its shard that
/// is conditional on its owner, and holds that row's lock to its end: who ends a run locks every
/// shard first, so a write that found its shard finds the run as it expects it.
final class PostgresShards implements Shards {
  private final Jdbi jdbi;
  private final Runnable foldQueued;

  /// `foldQueued` is called after an attempt got ready for its fold.
  PostgresShards(Jdbi jdbi, Runnable foldQueued) {
    this.jdbi = jdbi;
    this.foldQueued = foldQueued;
  }

  @Override
  public Optional<Claim> claim(ShardKey key) {
    return Transactions.get(
        jdbi, handle -> own(handle, key).flatMap(owned -> begin(handle, key, owned)));
  }

  private record Owned(int epoch, Shard shard, int barren) {}

  private static Optional<Owned> own(Handle handle, ShardKey key) {
    var update =
        handle.createQuery(
            """
            update plancheck.plan_check_run_shard
            set epoch = epoch + 1, barren = barren + 1, state = 'RUNNING'
            where run_id = :run and attempt = :attempt and shard = :shard and state <> 'DONE'
            returning epoch, first_place, end_place, barren - 1 as barren
            """);
    return bind(update, key)
        .map((row, _) ->
            new Owned(
                row.getInt("epoch"),
                new Shard(key.shard(), row.getInt("first_place"), row.getInt("end_place")),
                row.getInt("barren")))
        .findOne();
  }

  private static Optional<Claim> begin(Handle handle, ShardKey key, Owned owned) {
    var update =
        handle.createUpdate(
            """
            update plancheck.plan_check_run
            set status = 'RUNNING', started_at = greatest(queued_at, clock_timestamp()),
              updated_at = greatest(updated_at, clock_timestamp())
            where id = :run and attempt = :attempt and status = 'QUEUED'
            """);
    bind(update, AttemptKey.of(key)).execute();
    var query =
        handle.createQuery(
            """
            select p.project_id, p.number,
              extract(epoch from clock_timestamp() - r.started_at) * 1000 as running_ms
            from plancheck.plan_check_run as r
            join plancheck.plan as p on p.id = r.plan_id
            where r.id = :run and r.attempt = :attempt and r.status = 'RUNNING'
            """);
    return bind(query, AttemptKey.of(key))
        .map((row, _) ->
            new Claim(
                key,
                owned.epoch,
                new PlanName(row.getString("project_id"), row.getLong("number")),
                owned.shard,
                Duration.ofMillis(Math.max(0, row.getLong("running_ms"))),
                owned.barren))
        .findOne();
  }

  @Override
  public Optional<PlanCheckRunConfig> config(Claim claim) {
    return jdbi.withHandle(
            handle -> {
              var query =
                  handle.createQuery(
                      """
                      select config from plancheck.plan_check_run
                      where id = :run and attempt = :attempt and status in ('QUEUED', 'RUNNING')
                      """);
              return bind(query, AttemptKey.of(claim.key())).mapTo(String.class).findOne();
            })
        .map(ConfigCodec::fromJson);
  }

  @Override
  public BitSet finished(Claim claim) {
    var places = new BitSet();
    jdbi.useHandle(handle -> {
      var query =
          handle.createQuery(
              """
              select unnest(places) from plancheck.plan_check_run_chunk
              where run_id = :run and attempt = :attempt and shard = :shard
              """);
      bind(query, claim.key()).mapTo(Integer.class).forEach(places::set);
    });
    return places;
  }

  /// A call whose answer was lost can be made again: results that this owner stored with just these
  /// targets count once.
  @Override
  public boolean append(Claim claim, List<CheckedTarget> targets) {
    var chunk = Chunk.of(claim, targets);
    var repeated = new AtomicBoolean();
    var stored =
        Transactions.whole(
            jdbi,
            handle -> {
              if (!advance(handle, claim, targets.size())) {
                return false;
              }
              if (chunk.overlaps(handle)) {
                repeated.set(true);
                return false;
              }
              var number = move(handle, claim, targets);
              number.ifPresent(seq -> chunk.insert(handle, seq));
              return number.isPresent();
            });
    if (repeated.get()) {
      chunk.requireStored(jdbi);
    }
    return stored || repeated.get();
  }

  /// The number of places may pass the end of the shard only when some of them were stored before,
  /// which is found out next.
  private static boolean advance(Handle handle, Claim claim, int finished) {
    var update =
        handle
            .createUpdate(
                """
                update plancheck.plan_check_run_shard
                set done = least(done + :finished, end_place - first_place), barren = 0
                where run_id = :run and attempt = :attempt and shard = :shard and epoch = :epoch
                  and state = 'RUNNING'
                """)
            .bind("finished", finished);
    return bind(update, claim).execute() == 1;
  }

  /// The number of the chunk; empty if the run is no longer RUNNING.
  private static Optional<Integer> move(Handle handle, Claim claim, List<CheckedTarget> targets) {
    var found = RunCounts.planned(0, 0);
    for (var target : targets) {
      for (var result : target.results()) {
        found = found.plus(result);
      }
    }
    var update =
        handle
            .createQuery(
                """
                update plancheck.plan_check_run
                set done_count = done_count + :done, success_count = success_count + :success,
                  warning_count = warning_count + :warning, error_count = error_count + :error,
                  not_performed_count = not_performed_count + :notPerformed,
                  chunk_count = chunk_count + 1,
                  updated_at = greatest(updated_at, clock_timestamp())
                where id = :run and attempt = :attempt and status = 'RUNNING'
                returning chunk_count
                """)
            .bind("done", targets.size())
            .bind("success", found.success())
            .bind("warning", found.warning())
            .bind("error", found.error())
            .bind("notPerformed", found.notPerformed());
    return bind(update, AttemptKey.of(claim.key())).mapTo(Integer.class).findOne();
  }

  @Override
  public boolean complete(Claim claim) {
    Optional<Integer> left =
        Transactions.get(
            jdbi,
            handle -> {
              var others =
                  close(handle, claim) ? countDown(handle, claim) : Optional.<Integer>empty();
              if (others.isPresent() && others.get() == 0) {
                ScheduledTasks.addFold(handle, AttemptKey.of(claim.key()));
              }
              return others;
            });
    if (left.isPresent() && left.get() == 0) {
      foldQueued.run();
    }
    return left.isPresent();
  }

  private static boolean close(Handle handle, Claim claim) {
    var query =
        handle.createQuery(
            """
            select done from plancheck.plan_check_run_shard
            where run_id = :run and attempt = :attempt and shard = :shard and epoch = :epoch
              and state = 'RUNNING'
            for no key update
            """);
    var done = bind(query, claim).mapTo(Integer.class).findOne();
    if (done.isEmpty()) {
      return false;
    }
    if (done.get() != claim.shard().size()) {
      throw new IllegalStateException(
          "%d of %d targets of shard %s have results (expected: all)"
              .formatted(done.get(), claim.shard().size(), claim.key()));
    }
    var update =
        handle.createUpdate(
            """
            update plancheck.plan_check_run_shard
            set state = 'DONE'
            where run_id = :run and attempt = :attempt and shard = :shard and epoch = :epoch
            """);
    return bind(update, claim).execute() == 1;
  }

  private static Optional<Integer> countDown(Handle handle, Claim claim) {
    var update =
        handle.createQuery(
            """
            update plancheck.plan_check_run
            set shards_left = shards_left - 1, updated_at = greatest(updated_at, clock_timestamp())
            where id = :run and attempt = :attempt and status = 'RUNNING'
            returning shards_left
            """);
    return bind(update, AttemptKey.of(claim.key())).mapTo(Integer.class).findOne();
  }

  @Override
  public boolean release(Claim claim) {
    return jdbi.withHandle(handle -> {
      var update =
          handle.createUpdate(
              """
              update plancheck.plan_check_run_shard
              set epoch = epoch + 1, barren = greatest(barren - 1, 0), state = 'QUEUED'
              where run_id = :run and attempt = :attempt and shard = :shard and epoch = :epoch
                and state = 'RUNNING'
              """);
      return bind(update, claim).execute() == 1;
    });
  }

  @Override
  public boolean fail(Claim claim, String error) {
    var failed = Transactions.whole(jdbi, handle -> RunEndings.fail(handle, claim, error));
    if (failed) {
      foldQueued.run();
    }
    return failed;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Claim claim) {
    return bind(statement, claim.key()).bind("epoch", claim.epoch());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, ShardKey key) {
    return bind(statement, AttemptKey.of(key)).bind("shard", key.shard());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, AttemptKey key) {
    return statement.bind("run", key.run()).bind("attempt", key.attempt());
  }
}
