// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskCounts;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.engine.text.Position;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// From rows to rollouts and tasks.
final class RolloutRows {
  /// Everything that a task is read from.
  static final String TASKS =
      """
      select t.*, r.uid,
        t.mode = 'STATEMENTS' and exists (
          select from plancheck.rollout_statement as s
          where s.rollout_id = t.rollout_id and s.task = t.number and s.finished_at is not null
        ) as resumed
      from plancheck.rollout_task as t
      join plancheck.rollout as r on r.id = t.rollout_id
      """;

  private RolloutRows() {}

  /// The rollouts of a query on `plancheck.rollout as r` joined with the plan as `p`.
  static List<Rollout> rollouts(Handle handle, String where, Map<String, ?> values) {
    var found =
        handle
            .createQuery(
                """
                select r.*, p.project_id, p.number as plan_number
                from plancheck.rollout as r
                join plancheck.plan as p on p.id = r.plan_id
                """
                    + where)
            .bindMap(values)
            .map((row, _) -> rollout(row))
            .list();
    var stages = stages(handle, found.stream().map(Rollout::id).toList());
    return found.stream()
        .map(rollout -> with(rollout, stages.getOrDefault(rollout.id(), List.of())))
        .toList();
  }

  private static Rollout with(Rollout rollout, List<Stage> stages) {
    return new Rollout(
        rollout.id(),
        rollout.source(),
        rollout.options(),
        rollout.status(),
        stages,
        rollout.waiting(),
        rollout.actor(),
        rollout.times());
  }

  private static Rollout rollout(ResultSet row) throws SQLException {
    return new Rollout(
        row.getLong("id"),
        new Rollout.Source(
            new PlanName(row.getString("project_id"), row.getLong("plan_number")),
            row.getInt("plan_version"),
            row.getInt("attempt"),
            text(row.getString("approval")),
            row.getObject("override_id", Long.class)),
        new RolloutOptions(
            StoredNames.read(FailurePolicy.class, row.getString("failure_policy")),
            row.getInt("parallel"),
            row.getBoolean("automatic")),
        StoredNames.read(Rollout.Status.class, row.getString("status")),
        List.of(),
        StoredText.unescape(row.getString("waiting")),
        StoredText.unescape(row.getString("actor")),
        new Rollout.Times(
            row.getObject("created_at", OffsetDateTime.class).toInstant(), time(row, "ended_at")));
  }

  private static @Nullable String text(@Nullable String stored) {
    return stored == null ? null : StoredText.unescape(stored);
  }

  private record StageRow(long rollout, int number, @Nullable TaskState state, int count) {}

  private static Map<Long, List<Stage>> stages(Handle handle, List<Long> rollouts) {
    var counts = new HashMap<List<Object>, Map<TaskState, Integer>>();
    handle
        .createQuery(
            """
            select rollout_id, stage, state, count(*) as tasks
            from plancheck.rollout_task
            where rollout_id = any(:rollouts)
            group by rollout_id, stage, state
            """)
        .bindArray("rollouts", Long.class, rollouts)
        .map((row, _) ->
            new StageRow(
                row.getLong("rollout_id"),
                row.getInt("stage"),
                StoredNames.read(TaskState.class, row.getString("state")),
                row.getInt("tasks")))
        .forEach(row ->
            counts
                .computeIfAbsent(
                    List.of(row.rollout, row.number), _ -> new EnumMap<>(TaskState.class))
                .put(row.state, row.count));
    var held = held(handle, rollouts);
    var stages = new HashMap<Long, List<Stage>>();
    handle
        .createQuery(
            """
            select * from plancheck.rollout_stage
            where rollout_id = any(:rollouts)
            order by rollout_id, number
            """)
        .bindArray("rollouts", Long.class, rollouts)
        .map((row, _) -> Map.entry(row.getLong("rollout_id"), stage(row, counts, held)))
        .forEach(entry ->
            stages.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    return stages;
  }

  private static Stage stage(
      ResultSet row,
      Map<List<Object>, Map<TaskState, Integer>> counts,
      Map<List<Object>, Integer> held)
      throws SQLException {
    var key = List.<Object>of(row.getLong("rollout_id"), row.getInt("number"));
    var startedAt = time(row, "started_at");
    return new Stage(
        row.getInt("number"),
        StoredText.unescape(row.getString("environment")),
        startedAt == null
            ? null
            : new Stage.Start(startedAt, StoredText.unescape(row.getString("started_by"))),
        new TaskCounts(counts.getOrDefault(key, Map.of()), held.getOrDefault(key, 0)));
  }

  private static Map<List<Object>, Integer> held(Handle handle, List<Long> rollouts) {
    var held = new HashMap<List<Object>, Integer>();
    handle
        .createQuery(
            """
            select t.rollout_id, t.stage, count(*) as tasks
            from plancheck.rollout_task as t
            where t.rollout_id = any(:rollouts) and t.state = 'PENDING' and exists (
              select from plancheck.rollout_task as e
              where e.rollout_id = t.rollout_id and e.instance = t.instance
                and e.database = t.database and e.number < t.number
                and e.state in ('FAILED', 'CANCELED', 'UNKNOWN', 'DRIFTED'))
            group by t.rollout_id, t.stage
            """)
        .bindArray("rollouts", Long.class, rollouts)
        .map((row, _) ->
            new StageRow(row.getLong("rollout_id"), row.getInt("stage"), null, row.getInt("tasks")))
        .forEach(row -> held.put(List.of(row.rollout, row.number), row.count));
    return held;
  }

  static Task task(ResultSet row) throws SQLException {
    var key = new TaskKey(row.getLong("rollout_id"), row.getInt("number"));
    return new Task(
        key,
        name(row),
        item(row),
        StoredNames.read(TaskState.class, row.getString("state")),
        row.getInt("turn"),
        StoredText.unescape(row.getString("actor")),
        report(row),
        time(row, "check_after"),
        mode(row),
        row.getBoolean("resumed"),
        row.getBoolean("asked"),
        new Task.Times(time(row, "queued_at"), time(row, "started_at"), time(row, "ended_at")));
  }

  private static @Nullable Mode mode(ResultSet row) throws SQLException {
    var mode = row.getString("mode");
    return mode == null ? null : StoredNames.read(Mode.class, mode);
  }

  /// What the database remembers the task by.
  static String name(ResultSet row) throws SQLException {
    return row.getString("uid") + "/" + row.getInt("number");
  }

  static TaskItem item(ResultSet row) throws SQLException {
    return new TaskItem(
        row.getInt("stage"),
        StoredText.unescape(row.getString("spec")),
        new DatabaseName(row.getString("instance"), row.getString("database")),
        row.getString("sheet"),
        row.getBoolean("prior_backup"));
  }

  private static Task.Report report(ResultSet row) throws SQLException {
    var line = row.getObject("line", Integer.class);
    var column = row.getObject("column_number", Integer.class);
    return new Task.Report(
        StoredText.unescape(row.getString("words")),
        row.getObject("statement", Integer.class),
        line == null || column == null ? null : new Position(line, column),
        row.getInt("applied_before"));
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
