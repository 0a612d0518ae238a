// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.migration.MigrationReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Consumer;
import org.postgresql.util.PSQLState;

/// Brings the plans of a deployment with one row per check into our own database, in one
/// transaction: all of them, or none. Who repeats it changes nothing.
public final class LegacyMigration {
  /// `project` gets the plans, and is made if it does not exist. `trustDays` is how long an
  /// operator vouches for results, from the oldest of each plan; 0 is not at all. A `rehearsal`
  /// does all of it, tells what came of it, and takes it back.
  public record Wish(StorageConfig source, String project, int trustDays, boolean rehearsal) {}

  private final StorageConfig target;
  private final Consumer<String> progress;

  /// `target` is our own database; `progress` is told what is done, in words.
  public LegacyMigration(StorageConfig target, Consumer<String> progress) {
    this.target = target;
    this.progress = progress;
  }

  /// Every plan that had rows, by the id that it had. Brings our schema up to date first. If a gate
  /// would open, nothing else is changed. Throws [StorageException], with nothing changed, when one
  /// of the databases cannot be used, or is not what it should be.
  public MigrationReport run(Wish wish) {
    try (var source = LegacySource.open(wish.source(), progress)) {
      var connections = new Connections(target);
      connections.requireUsable();
      Migrations.run(connections);
      try (var connection = connect(connections)) {
        return run(connection, source, wish);
      }
    } catch (SQLException e) {
      throw new StorageException(message(e, wish), e);
    }
  }

  private static Connection connect(Connections connections) throws SQLException {
    var connection = connections.connect();
    connection.setAutoCommit(false);
    // One statement may take minutes.
    connection.setNetworkTimeout(Runnable::run, 0);
    return connection;
  }

  /// Rolled back by the end of the connection, unless it is committed.
  private MigrationReport run(Connection connection, LegacySource source, Wish wish)
      throws SQLException {
    requireAlone(connection);
    Consolidation.prepare(connection);
    progress.accept("reading " + wish.source().place());
    var rows = source.copy(connection);
    progress.accept(String.format(Locale.ROOT, "%,d rows read; putting plans together", rows));
    Consolidation.run(
        connection,
        new Consolidation.Settings(wish.project(), wish.trustDays(), target.resultBudget()),
        Consolidation.sql());
    requireSameSource(connection, wish);
    var trust =
        wish.trustDays() == 0 ? MigrationReport.DEFAULT_TRUST : Duration.ofDays(wish.trustDays());
    var report = MigrationReport.of(MigratedPlans.read(connection), trust, now(connection));
    if (!wish.rehearsal() && !report.opens()) {
      connection.commit();
    }
    return report;
  }

  /// By the clock that the records were made by.
  private static Instant now(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select now()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private void requireAlone(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select pg_try_advisory_xact_lock(hashtextextended('plancheck migrate', 0))")) {
      row.next();
      if (!row.getBoolean(1)) {
        throw new StorageException(
            "another plancheck migrate is at work on %s (expected: one at a time)"
                .formatted(target.place()));
      }
    }
  }

  /// A plan that was here before is left alone, which is right only if it came from the same rows.
  private static void requireSameSource(Connection connection, Wish wish) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select min(todo.plan_id)
                from legacy_todo as todo
                join plancheck.plan
                  on plan.project_id = (select project from legacy_setting)
                    and plan.number = todo.plan_id
                where todo.is_there and not exists (
                  select
                  from legacy_row as old
                  where old.plan_id = todo.plan_id and (
                    old.uid in (
                      select uid from plancheck.plan_check_run_legacy_uid as kept
                      where kept.plan_id = plan.id)
                    or old.uid in (
                      select uid
                      from plancheck.plan_check_run_legacy_quarantine as odd
                      join plancheck.plan_check_run as run on run.id = odd.run_id
                      where run.plan_id = plan.id)))
                """)) {
      row.next();
      var plan = row.getLong(1);
      if (!row.wasNull()) {
        throw new StorageException(taken(wish, "plan %d".formatted(plan)));
      }
    }
  }

  private String message(SQLException failure, Wish wish) {
    if (PSQLState.UNIQUE_VIOLATION.getState().equals(failure.getSQLState())) {
      return taken(wish, "a plan");
    }
    return "cannot migrate %s into %s: %s"
        .formatted(wish.source().place(), target.place(), Connections.words(failure));
  }

  private static String taken(Wish wish, String what) {
    return "the project %s has %s that is not of %s (expected: a project that gets the plans of one source only)"
        .formatted(wish.project(), what, wish.source().place());
  }
}
