// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.rollout.ChangeJournal;
import dev.plancheck.checks.rollout.ChangeLimits;
import dev.plancheck.checks.rollout.ChangeOrder;
import dev.plancheck.checks.rollout.ChangeOrder.Checked;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.postgresql.change.PostgresqlChanger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tasks for one database of a test, and what became of them.
final class ChangeFixture {
  static final ChangeLimits LIMITS =
      new ChangeLimits(
          Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ZERO, 2, Duration.ofMillis(100));

  final TestServer server;
  final String database;

  ChangeFixture(TestServer server, String sql) throws SQLException {
    this.server = server;
    this.database = server.database(sql);
  }

  ChangeOrder order(String task, String sql) {
    return order(task, sql, null, false);
  }

  ChangeOrder backedUp(String task, String sql) {
    return order(task, sql, null, true);
  }

  /// As it would be ordered after a check of the database as it is now.
  ChangeOrder checked(String task, String sql) throws Exception {
    var checked =
        new Checked(server.snapshot(database, sql).fingerprint(), List.of(), SizeBorders.DEFAULT);
    return order(task, sql, checked, false);
  }

  private ChangeOrder order(String task, String sql, @Nullable Checked checked, boolean backup) {
    return new ChangeOrder(
        task, new DatabaseName("test", database), Sheet.of(sql), checked, backup, LIMITS);
  }

  ChangeOutcome change(ChangeOrder order) throws InterruptedException {
    return change(order, new KeptJournal());
  }

  ChangeOutcome change(ChangeOrder order, KeptJournal journal) throws InterruptedException {
    return changer(server.instance()).change(order, journal.take(), new StopSignal());
  }

  ChangeOutcome changeAs(String user, ChangeOrder order, KeptJournal journal)
      throws InterruptedException {
    return new PostgresqlChanger(
            _ -> Optional.of(server.instance(user, server.cluster().port())),
            _ -> "x",
            new ScriptReview(null))
        .change(order, journal.take(), new StopSignal());
  }

  PostgresqlChanger through(Proxy proxy) {
    return changer(server.instance(server.cluster().user(), proxy.port()));
  }

  PostgresqlChanger changer() {
    return changer(server.instance());
  }

  private PostgresqlChanger changer(Instance instance) {
    return new PostgresqlChanger(
        _ -> Optional.of(instance), _ -> server.cluster().password(), new ScriptReview(null));
  }

  /// On a thread of its own.
  static CompletableFuture<ChangeOutcome> later(
      PostgresqlChanger changer, ChangeOrder order, ChangeJournal journal, StopSignal stop) {
    var outcome = new CompletableFuture<ChangeOutcome>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(changer.change(order, journal, stop));
          } catch (InterruptedException | RuntimeException e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  /// With whatever is still at work in it.
  void drop() throws SQLException {
    server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  String query(String sql) throws SQLException {
    return server.query(database, sql);
  }

  void execute(String sql) throws SQLException {
    server.execute(database, sql);
  }

  /// Until a backend is at a statement with these words.
  void awaitBackendAt(String words) throws Exception {
    await(
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%"
            + words
            + "%'");
  }

  void await(String condition) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!query(condition).equals("t")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came: " + condition);
      }
      Thread.sleep(20);
    }
  }
}
