// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs.ResultReader;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.ConfigCodec;
import dev.plancheck.store.codec.ResultCodec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Reads a plan's results from one state of the database, wherever they are: in the row, in its
/// overflow, or still in chunks.
final class ResultReading {
  private final Jdbi jdbi;

  ResultReading(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// As [dev.plancheck.checks.run.Runs#read] says. The reader keeps a connection of the pool.
  Optional<PlanCheckRun> read(PlanName plan, long skip, ResultReader reader) {
    return Transactions.get(
        jdbi,
        handle -> {
          handle.execute("set transaction isolation level repeatable read, read only");
          var run = RunReader.get(handle, plan);
          run.ifPresent(found -> {
            if (isFolded(handle, found)) {
              readFolded(handle, found, skip, reader);
            } else {
              new Unfolded(handle, found, skip, reader).read();
            }
          });
          return run;
        });
  }

  private static boolean isFolded(Handle handle, PlanCheckRun run) {
    return handle
        .createQuery(
            "select result_attempt = attempt from plancheck.plan_check_run where id = :run")
        .bind("run", run.id())
        .mapTo(Boolean.class)
        .one();
  }

  private static void readFolded(Handle handle, PlanCheckRun run, long skip, ResultReader reader) {
    new StoredResults(handle, run.id())
        .read(
            skip,
            dated ->
                reader.take(new FoundResult(dated.result(), time(run, dated.keptFrom()), false)));
  }

  private static Instant time(PlanCheckRun run, @Nullable Instant known) {
    return known == null ? run.times().queuedAt() : known;
  }

  /// What an attempt found so far, then what it has not replaced yet.
  private static final class Unfolded {
    private record ChunkHead(int shard, int seq, List<Integer> places, long count) {}

    private final Handle handle;
    private final PlanCheckRun run;
    private final AttemptKey key;
    private final ResultReader reader;
    private long skip;
    private boolean wanted = true;

    Unfolded(Handle handle, PlanCheckRun run, long skip, ResultReader reader) {
      this.handle = handle;
      this.run = run;
      this.key = new AttemptKey(run.id(), run.attempt());
      this.skip = skip;
      this.reader = reader;
    }

    void read() {
      var checked = new HashSet<Integer>();
      for (var chunk : chunks()) {
        checked.addAll(chunk.places);
        if (skip >= chunk.count) {
          skip -= chunk.count;
        } else if (wanted) {
          ResultCodec.read(
              payload(chunk),
              dated ->
                  take(new FoundResult(dated.result(), time(run, run.times().startedAt()), false)));
        }
      }
      if (wanted) {
        readPrevious(checked);
      }
    }

    private void readPrevious(Set<Integer> checked) {
      var replaced = identities(checked);
      new StoredResults(handle, run.id())
          .read(
              0,
              dated ->
                  replaced.contains(TargetIdentity.of(dated.result()))
                      || take(new FoundResult(dated.result(), time(run, dated.keptFrom()), true)));
    }

    private boolean take(FoundResult result) {
      if (skip > 0) {
        skip--;
      } else {
        wanted = reader.take(result);
      }
      return wanted;
    }

    private Iterable<ChunkHead> chunks() {
      return handle
          .createQuery(
              """
              select shard, seq, places, (select sum(count) from unnest(counts) as count) as count
              from plancheck.plan_check_run_chunk
              where run_id = :run and attempt = :attempt
              order by seq
              """)
          .bind("run", key.run())
          .bind("attempt", key.attempt())
          .map((row, _) ->
              new ChunkHead(
                  row.getInt("shard"),
                  row.getInt("seq"),
                  List.of(FoundByPlace.integers(row, "places")),
                  row.getLong("count")))
          .list();
    }

    private String payload(ChunkHead chunk) {
      return handle
          .createQuery(
              """
              select payload from plancheck.plan_check_run_chunk
              where run_id = :run and attempt = :attempt and shard = :shard and seq = :seq
              """)
          .bind("run", key.run())
          .bind("attempt", key.attempt())
          .bind("shard", chunk.shard)
          .bind("seq", chunk.seq)
          .mapTo(String.class)
          .one();
    }

    private Set<TargetIdentity> identities(Set<Integer> places) {
      var identities = new HashSet<TargetIdentity>();
      if (!places.isEmpty()) {
        var config =
            handle
                .createQuery("select config from plancheck.plan_check_run where id = :run")
                .bind("run", key.run())
                .mapTo(String.class)
                .one();
        var targets = ConfigCodec.fromJson(config).toCheck();
        places.forEach(place -> identities.add(TargetIdentity.of(targets.get(place))));
      }
      return identities;
    }
  }
}
