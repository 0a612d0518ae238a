// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.store.codec.DatedResult;
import dev.plancheck.store.codec.ResultCodec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/// Folded results of one run: the part in its row, then the overflow, read part by part.
final class StoredResults {
  /// `attempt` is the one that they are of, 0 for none; `count` are those in the row.
  private record Head(int attempt, Instant startedAt, long count) {}

  private static final String FIRST = "select result from plancheck.plan_check_run where id = :run";
  private static final String NEXT =
      """
      select payload from plancheck.plan_check_run_overflow
      where run_id = :run and attempt = :attempt and seq = :seq
      """;

  private final Handle handle;
  private final long run;

  StoredResults(Handle handle, long run) {
    this.handle = handle;
    this.run = run;
  }

  /// Hands the results to `reader`, with the time of each, from the `skip`-th on until it wants no
  /// more. Parts before are not even read.
  void read(long skip, ResultCodec.Reader reader) {
    var head = head();
    if (head.isEmpty()) {
      return;
    }
    var wanted = new AtomicBoolean(true);
    var left = skip;
    if (left < head.get().count) {
      hand(part(FIRST, head.get(), 0), left, head.get(), wanted, reader);
      left = 0;
    } else {
      left -= head.get().count;
    }
    for (var seq = 1; wanted.get(); seq++) {
      var count = overflow(head.get(), seq);
      if (count.isEmpty()) {
        return;
      }
      if (left < count.get()) {
        hand(part(NEXT, head.get(), seq), left, head.get(), wanted, reader);
        left = 0;
      } else {
        left -= count.get();
      }
    }
  }

  private static void hand(
      String json, long skip, Head head, AtomicBoolean wanted, ResultCodec.Reader reader) {
    var left = new long[] {skip};
    ResultCodec.read(
        json,
        dated -> {
          if (left[0]-- > 0) {
            return true;
          }
          var keptFrom = dated.keptFrom();
          wanted.set(
              reader.take(
                  new DatedResult(dated.result(), keptFrom == null ? head.startedAt : keptFrom)));
          return wanted.get();
        });
  }

  private Optional<Head> head() {
    return handle
        .createQuery(
            """
            select result_attempt, coalesce(result_started_at, queued_at) as started_at,
              result_count
            from plancheck.plan_check_run
            where id = :run and result_attempt > 0
            """)
        .bind("run", run)
        .map((row, _) ->
            new Head(
                row.getInt("result_attempt"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getLong("result_count")))
        .findOne();
  }

  private String part(String query, Head head, int seq) {
    return handle
        .createQuery(query)
        .bind("run", run)
        .bind("attempt", head.attempt)
        .bind("seq", seq)
        .mapTo(String.class)
        .one();
  }

  private Optional<Long> overflow(Head head, int seq) {
    return handle
        .createQuery(
            """
            select result_count from plancheck.plan_check_run_overflow
            where run_id = :run and attempt = :attempt and seq = :seq
            """)
        .bind("run", run)
        .bind("attempt", head.attempt)
        .bind("seq", seq)
        .mapTo(Long.class)
        .findOne();
  }
}
