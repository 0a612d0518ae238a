// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What an attempt has in its chunks, asked for by ascending places. Holds one shard at a time.
final class FoundByPlace {
  private final Handle handle;
  private final AttemptKey key;
  private final List<Shard> shards;
  private final Map<Integer, List<Result>> results = new HashMap<>();
  private int nextShard;
  private int end;

  FoundByPlace(Handle handle, AttemptKey key) {
    this.handle = handle;
    this.key = key;
    this.shards =
        handle
            .createQuery(
                """
                select shard, first_place, end_place from plancheck.plan_check_run_shard
                where run_id = :run and attempt = :attempt
                order by first_place, end_place
                """)
            .bind("run", key.run())
            .bind("attempt", key.attempt())
            .map((row, _) ->
                new Shard(row.getInt("shard"), row.getInt("first_place"), row.getInt("end_place")))
            .list();
  }

  /// Null for a target without results.
  @Nullable List<Result> at(int place) {
    while (place >= end && nextShard < shards.size()) {
      var shard = shards.get(nextShard++);
      end = shard.end();
      load(shard);
    }
    return results.get(place);
  }

  private void load(Shard shard) {
    results.clear();
    handle
        .createQuery(
            """
            select places, counts, payload from plancheck.plan_check_run_chunk
            where run_id = :run and attempt = :attempt and shard = :shard
            order by seq
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .bind("shard", shard.number())
        .map((row, _) -> add(row))
        .forEach(_ -> {});
  }

  private int add(ResultSet row) throws SQLException {
    var places = integers(row, "places");
    var counts = integers(row, "counts");
    var all = ResultCodec.fromJson(row.getString("payload"));
    var from = 0;
    for (var index = 0; index < places.length; index++) {
      results.put(places[index], all.subList(from, from + counts[index]));
      from += counts[index];
    }
    return places.length;
  }

  static Integer[] integers(ResultSet row, String column) throws SQLException {
    return (Integer[]) row.getArray(column).getArray();
  }
}
