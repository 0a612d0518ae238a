// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.store.codec.ResultCodec;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Results of some finished targets on their way into the table `plan_check_run_chunk`.
record Chunk(ShardKey key, int epoch, List<Integer> places, List<Integer> counts, String payload) {

  /// Throws IllegalArgumentException for a target that is not the shard's or comes twice.
  static Chunk of(Claim claim, List<CheckedTarget> targets) {
    var places = new HashSet<Integer>();
    for (var target : targets) {
      var place = target.place();
      if (place < claim.shard().first() || place >= claim.shard().end() || !places.add(place)) {
        throw refused(claim.key(), "place " + place);
      }
    }
    List<Result> results = targets.stream().flatMap(target -> target.results().stream()).toList();
    return new Chunk(
        claim.key(),
        claim.epoch(),
        targets.stream().map(CheckedTarget::place).toList(),
        targets.stream().map(target -> target.results().size()).toList(),
        ResultCodec.toJson(results));
  }

  private static IllegalArgumentException refused(ShardKey key, String what) {
    return new IllegalArgumentException(
        "%s (expected: places of shard %s that have no results)".formatted(what, key));
  }

  /// Whether one of its targets has results already.
  boolean overlaps(Handle handle) {
    return handle
        .createQuery(
            """
            select exists (
              select from plancheck.plan_check_run_chunk
              where run_id = :run and attempt = :attempt and shard = :shard
                and places && :places::integer[])
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .bind("shard", key.shard())
        .bind("places", places.toArray(Integer[]::new))
        .mapTo(Boolean.class)
        .one();
  }

  /// Throws IllegalArgumentException unless this very chunk is stored.
  void requireStored(Jdbi jdbi) {
    var stored =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select exists (
                      select from plancheck.plan_check_run_chunk
                      where run_id = :run and attempt = :attempt and shard = :shard
                        and epoch = :epoch and places = :places::integer[]
                        and payload = :payload::jsonb)
                    """)
                .bind("run", key.run())
                .bind("attempt", key.attempt())
                .bind("shard", key.shard())
                .bind("epoch", epoch)
                .bind("places", places.toArray(Integer[]::new))
                .bind("payload", payload)
                .mapTo(Boolean.class)
                .one());
    if (!stored) {
      throw refused(key, "places " + places);
    }
  }

  void insert(Handle handle, int seq) {
    handle
        .createUpdate(
            """
            insert into plancheck.plan_check_run_chunk
              (run_id, attempt, shard, seq, epoch, places, counts, payload)
            values (:run, :attempt, :shard, :seq, :epoch, :places, :counts, :payload::jsonb)
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .bind("shard", key.shard())
        .bind("seq", seq)
        .bind("epoch", epoch)
        .bind("places", places.toArray(Integer[]::new))
        .bind("counts", counts.toArray(Integer[]::new))
        .bind("payload", payload)
        .execute();
  }
}
