// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.engine.Engine;
import dev.plancheck.targets.mysql.ghost.Asker;
import dev.plancheck.targets.mysql.ghost.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection that can write, with an end: when its time is over, or [#stop] is called, the
/// server is asked to end what runs, and the connection is cut if it does not. From then on nothing
/// is begun.
///
/// One thread asks; [#stop] may come from any.
final class Writing implements AutoCloseable {
  /// How long a server may take to end what it was asked to end.
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final int FETCHED = 1_000;

  private final Connection connection;
  private final CountDownLatch end = new CountDownLatch(1);
  private final long deadline;
  private volatile boolean stopped;
  private volatile boolean closed;

  private Writing(Connection connection, Duration atMost) {
    this.connection = connection;
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  /// In the session that gh-ost would have: its sql_mode, the server's time zone.
  static Writing begin(Opening opening, Engine engine, Duration atMost) throws SQLException {
    var writing = new Writing(opening.open(), atMost);
    var complete = false;
    try {
      Thread.ofVirtual().name("end of a trial").start(writing::watch);
      writing.settings(engine, atMost);
      complete = true;
      return writing;
    } finally {
      if (!complete) {
        writing.close();
      }
    }
  }

  private void settings(Engine engine, Duration atMost) throws SQLException {
    var limit =
        engine == Engine.MARIADB
            ? "max_statement_time = " + atMost.toMillis() / 1000.0
            : "max_execution_time = " + atMost.toMillis();
    run(
        """
        SET SESSION sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES'), \
        time_zone = @@GLOBAL.time_zone, lock_wait_timeout = 3, innodb_lock_wait_timeout = 3, \
        autocommit = 1, sql_select_limit = 18446744073709551615, sql_big_selects = 1, \
        lc_messages = 'en_US', max_error_count = %d, %s\
        """
            .formatted(RowCopy.MOST_WARNINGS, limit));
    run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    withoutBinaryLog();
  }

  /// Where the user may, and the server lets anybody: then no replica hears of the copy.
  private void withoutBinaryLog() throws SQLException {
    try {
      run("SET SESSION sql_log_bin = 0");
    } catch (SQLException e) {
      if (Refusals.isEnd(e)) {
        throw e;
      }
    }
  }

  /// Makes a database the session's own: by that, and not by what a statement names, servers and
  /// replicas leave statements out of the binary log.
  void use(String schema) throws SQLException {
    run("USE " + Sql.name(schema));
  }

  /// Runs one statement.
  void run(String sql) throws SQLException {
    limit();
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<SortedMap<String, @Nullable String>> ask(String select) throws SQLException {
    return read(select, Asker::rows);
  }

  /// What becomes of an answer.
  interface Reading<T> {
    T of(ResultSet answer) throws SQLException;
  }

  /// Row by row, so that a long answer does not have to fit into memory.
  <T> T read(String select, Reading<T> reading) throws SQLException {
    limit();
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (var answer = statement.executeQuery(select)) {
        return reading.of(answer);
      }
    }
  }

  /// Nothing is begun after the end, and nothing waits much longer than to the end.
  private void limit() throws SQLException {
    var left = deadline - System.nanoTime();
    if (stopped || left <= 0) {
      throw new SQLException("the time is over", "70100", 1317);
    }
    var millis = TimeUnit.NANOSECONDS.toMillis(left) + 2 * GRACE.toMillis();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(millis));
  }

  /// Whether it came to its end before it was closed.
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
    end.countDown();
  }

  private void watch() {
    try {
      var _ = end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (closed) {
      return;
    }
    stopped = true;
    kill();
    pause();
    if (!closed) {
      cut();
    }
  }

  private void kill() {
    try {
      connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
    } catch (SQLException _) {
      // Then the connection is cut.
    }
  }

  private static void pause() {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void cut() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // It is gone all the same.
    }
  }

  @Override
  public void close() {
    closed = true;
    end.countDown();
    try {
      connection.close();
    } catch (SQLException _) {
      // It is gone all the same.
    }
  }
}
