// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the rows of a run, by what must hold at all times.
final class RunProblems {
  private RunProblems() {}

  static List<String> of(Connection sql, long run) throws SQLException {
    try (var query = sql.prepareStatement(PROBLEMS)) {
      query.setLong(1, run);
      try (var rows = query.executeQuery()) {
        var found = new ArrayList<String>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }

  private static final String PROBLEMS =
      """
      with run as (select * from plancheck.plan_check_run where id = ?),
      queued as (
        select distinct on (l.run_id) l.*
        from plancheck.plan_check_run_log as l
        join run on run.id = l.run_id and run.attempt = l.attempt
        where l.kind = 'QUEUED'
        order by l.run_id, l.id desc
      ),
      stored as (
        select coalesce(sum(cardinality(c.places)), 0) as targets, count(*) as chunks
        from plancheck.plan_check_run_chunk as c
        join run on run.id = c.run_id and run.attempt = c.attempt
      )
      select 'an orphan chunk' from plancheck.plan_check_run_chunk as c join run on run.id = c.run_id
      where c.attempt <> run.attempt or run.result_attempt = run.attempt
      union all
      select 'an orphan shard' from plancheck.plan_check_run_shard as s join run on run.id = s.run_id
      where s.attempt <> run.attempt or run.result_attempt = run.attempt
      union all
      select 'an orphan part' from plancheck.plan_check_run_overflow as o
      join run on run.id = o.run_id where o.attempt <> run.result_attempt
      union all
      select 'a count of targets' from run, queued, stored
      where run.result_attempt < run.attempt
        and (run.done_count <> queued.done_count + stored.targets
          or run.chunk_count <> stored.chunks)
      union all
      select 'a count of a shard' from plancheck.plan_check_run_shard as s
      join run on run.id = s.run_id
      where s.done <> (
        select coalesce(sum(cardinality(c.places)), 0) from plancheck.plan_check_run_chunk as c
        where (c.run_id, c.attempt, c.shard) = (s.run_id, s.attempt, s.shard))
      union all
      select 'a count of shards' from run
      where run.result_attempt < run.attempt and run.shards_left <> (
        select count(*) from plancheck.plan_check_run_shard as s
        where s.run_id = run.id and s.state <> 'DONE')
      union all
      select 'a shard without an entry' from plancheck.plan_check_run_shard as s
      join run on run.id = s.run_id
      where run.status in ('QUEUED', 'RUNNING') and s.state <> 'DONE' and not exists (
        select from plancheck.scheduled_tasks
        where task_instance = concat_ws('/', s.run_id, s.attempt, s.shard))
      union all
      select 'a fold without an entry' from run
      where run.result_attempt < run.attempt
        and (run.status in ('DONE', 'FAILED', 'CANCELED')
          or run.status = 'RUNNING' and run.shards_left = 0)
        and not exists (
          select from plancheck.scheduled_tasks
          where task_instance = concat_ws('/', run.id, run.attempt))
      union all
      select 'a DONE run that is not folded' from run
      where run.status = 'DONE' and run.result_attempt < run.attempt
      union all
      select 'a log of ' || count(*) || ' lines' from plancheck.plan_check_run_log as l
      join run on run.id = l.run_id
      having count(*) filter (where l.kind = 'QUEUED') <> max(l.attempt)
        or count(*) filter (where l.kind <> 'QUEUED') <> max(l.attempt)
          - (select count(*) from run where run.status in ('QUEUED', 'RUNNING'))
      union all
      select 'a part in the wrong place' from (
        select o.*, run.result_count as before,
          coalesce(sum(o.result_count) over (
            order by o.seq rows between unbounded preceding and 1 preceding), 0) as earlier
        from plancheck.plan_check_run_overflow as o join run on run.id = o.run_id) as part
      where part.first_result <> part.before + part.earlier
      """;
}
