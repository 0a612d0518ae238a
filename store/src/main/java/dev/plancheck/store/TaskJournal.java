// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.RolloutTasks.Claim;
import dev.plancheck.checks.rollout.TaskEnd;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskWork;
import dev.plancheck.store.codec.StoredText;
import dev.plancheck.store.codec.TaskResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The journal of one owner of a task, in the tables `rollout_task` and `rollout_statement`. Each
/// write begins with an update of the task that is conditional on its owner.
record TaskJournal(Jdbi jdbi, Claim claim) implements ChangeJournal {
  @Override
  public History history() {
    var work = jdbi.withHandle(handle -> work(handle, claim.key()));
    return new History(work.mode(), work.entries());
  }

  /// From the result where one transaction did it, else from the statements.
  static TaskWork work(Handle handle, TaskKey key) {
    var stored =
        bind(
                handle.createQuery(
                    """
                    select mode, result from plancheck.rollout_task
                    where rollout_id = :rollout and number = :number
                    """),
                key)
            .map((row, _) -> new Stored(row.getString("mode"), row.getString("result")))
            .findOne();
    if (stored.isEmpty()) {
      return new TaskWork(null, List.of(), null);
    }
    var name = stored.get().mode();
    var mode = name == null ? null : StoredNames.read(Mode.class, name);
    var json = stored.get().result();
    if (json == null || mode == Mode.STATEMENTS) {
      return new TaskWork(mode, entries(handle, key), null);
    }
    var done = TaskResultCodec.fromJson(json);
    return new TaskWork(mode, done.entries(), done.backup());
  }

  private record Stored(@Nullable String mode, @Nullable String result) {}

  private static List<Entry> entries(Handle handle, TaskKey key) {
    return bind(
            handle.createQuery(
                """
                select statement, command, row_count, took_ms from plancheck.rollout_statement
                where rollout_id = :rollout and task = :number
                order by statement
                """),
            key)
        .map((row, _) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var number = row.getInt("statement");
    var command = row.getString("command");
    return new Entry(
        number,
        command == null
            ? null
            : new AppliedStatement(
                number,
                StoredText.unescape(command),
                row.getObject("row_count", Long.class),
                Duration.ofMillis(row.getLong("took_ms"))));
  }

  static boolean isInStatements(Handle handle, TaskKey key) {
    return bind(
            handle.createQuery(
                """
                select coalesce(mode = 'STATEMENTS', false) from plancheck.rollout_task
                where rollout_id = :rollout and number = :number
                """),
            key)
        .mapTo(Boolean.class)
        .one();
  }

  /// What was begun and never told is settled by a person's word.
  static void settle(Handle handle, TaskKey key, boolean applied, String actor) {
    var sql =
        applied
            ? """
            update plancheck.rollout_statement
            set finished_at = clock_timestamp(), command = :command, took_ms = 0
            where rollout_id = :rollout and task = :number and finished_at is null
            """
            : """
            delete from plancheck.rollout_statement
            where rollout_id = :rollout and task = :number and finished_at is null
            """;
    var statement = bind(handle.createUpdate(sql), key);
    if (applied) {
      statement.bind("command", StoredText.escape(TaskEnd.said(0, actor).command()));
    }
    statement.execute();
    bind(
            handle.createUpdate(
                """
                update plancheck.rollout_task set committing = 0
                where rollout_id = :rollout and number = :number
                """),
            key)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, TaskKey key) {
    return statement.bind("rollout", key.rollout()).bind("number", key.number());
  }

  @Override
  public boolean began(Mode mode) {
    return owned(
        """
        update plancheck.rollout_task as t set mode = :mode
        where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
          and t.state = 'RUNNING' and coalesce(t.mode, :mode) = :mode
          and exists (
            select from plancheck.rollout as r where r.id = :rollout and r.status = 'ACTIVE')
        """,
        statement -> statement.bind("mode", mode.name()),
        _ -> {});
  }

  @Override
  public boolean started(int statement) {
    return owned(
        """
        update plancheck.rollout_task as t set epoch = epoch
        where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
          and t.state = 'RUNNING'
          and exists (
            select from plancheck.rollout as r where r.id = :rollout and r.status = 'ACTIVE')
        """,
        _ -> {},
        handle ->
            bind(
                    handle.createUpdate(
                        """
                        insert into plancheck.rollout_statement (rollout_id, task, statement, epoch)
                        values (:rollout, :number, :statement, :epoch)
                        """),
                    claim.key())
                .bind("statement", statement)
                .bind("epoch", claim.epoch())
                .execute());
  }

  /// Whatever became of the rollout: what was done is done.
  @Override
  public boolean finished(AppliedStatement statement) {
    return ownedAnyway(handle -> {
      var update =
          bind(
                  handle.createUpdate(
                      """
                      update plancheck.rollout_statement
                      set finished_at = clock_timestamp(), command = :command, row_count = :rows,
                        took_ms = :took
                      where rollout_id = :rollout and task = :number and statement = :statement
                      """),
                  claim.key())
              .bind("statement", statement.number())
              .bind("command", StoredText.escape(statement.command()))
              .bind("rows", statement.rows())
              .bind("took", statement.took().toMillis());
      if (update.execute() != 1) {
        throw new IllegalStateException(
            "statement %d of task %s ended and was not started"
                .formatted(statement.number(), claim.key()));
      }
    });
  }

  @Override
  public boolean failed(int statement) {
    return ownedAnyway(handle ->
        bind(
                handle.createUpdate(
                    """
                    delete from plancheck.rollout_statement
                    where rollout_id = :rollout and task = :number and statement = :statement
                    """),
                claim.key())
            .bind("statement", statement)
            .execute());
  }

  @Override
  public boolean committing() {
    return owned(
        """
        update plancheck.rollout_task as t set committing = :epoch
        where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
          and t.state = 'RUNNING'
          and exists (
            select from plancheck.rollout as r where r.id = :rollout and r.status = 'ACTIVE')
        """,
        _ -> {},
        _ -> {});
  }

  @Override
  public boolean retrying(int retry, String why) {
    return owned(
        """
        update plancheck.rollout_task as t set committing = 0, words = :words
        where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
          and t.state = 'RUNNING'
          and exists (
            select from plancheck.rollout as r where r.id = :rollout and r.status = 'ACTIVE')
        """,
        statement ->
            statement.bind("words", StoredText.escape("try %d: %s".formatted(retry + 1, why))),
        _ -> {});
  }

  private boolean ownedAnyway(Consumer<Handle> write) {
    return owned(
        """
        update plancheck.rollout_task as t set epoch = epoch
        where t.rollout_id = :rollout and t.number = :number and t.epoch = :epoch
          and t.state = 'RUNNING'
        """,
        _ -> {},
        write);
  }

  private boolean owned(
      String condition, Consumer<SqlStatement<?>> values, Consumer<Handle> write) {
    return Transactions.whole(
        jdbi,
        handle -> {
          var update =
              bind(handle.createUpdate(condition), claim.key()).bind("epoch", claim.epoch());
          values.accept(update);
          if (update.execute() != 1) {
            return false;
          }
          write.accept(handle);
          return true;
        });
  }
}
