// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeLimits;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.targets.postgresql.Entered;
import dev.plancheck.targets.postgresql.wire.Literals;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import dev.plancheck.targets.postgresql.wire.ServerConnection.Completion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection that writes. A stop is passed on to the server, again and again until what runs
/// has ended; when it does not obey the connection is cut, and its transaction with it.
///
/// One thread uses it; the stop comes from another.
final class Session implements AutoCloseable {
  private static final Duration BETWEEN_CANCELS = Duration.ofMillis(500);
  private static final int CANCELS = 10;

  private final Entered entered;
  private final ServerConnection connection;
  private final StopSignal.Registration registration;
  private volatile boolean busy;

  Session(Entered entered, StopSignal stop) {
    this.entered = entered;
    this.connection = entered.connection();
    this.registration =
        stop.onStop(() -> Thread.ofVirtual().name("cancel change").start(this::end));
  }

  /// The limits as a connection needs them.
  static Limits limits(ChangeLimits limits) {
    return new Limits(limits.connect(), limits.statement(), limits.lock());
  }

  EngineVersion version() {
    return entered.version();
  }

  Entered entered() {
    return entered;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /// Statements of ours, with values in the places of question marks; without values a question
  /// mark is one.
  List<List<@Nullable String[]>> ask(String statements, Object... values) throws SQLException {
    busy = true;
    try {
      return connection.ask(values.length == 0 ? statements : Literals.fill(statements, values));
    } finally {
      busy = false;
    }
  }

  /// The one value of one row.
  @Nullable String value(String select, Object... values) throws SQLException {
    var rows = ask(select, values).getLast();
    return rows.isEmpty() ? null : rows.getFirst()[0];
  }

  /// A command that may hold text of others.
  Completion run(String command) throws SQLException {
    busy = true;
    try {
      return connection.run(command);
    } finally {
      busy = false;
    }
  }

  /// What was done, from the server's own words: `INSERT 0 3`, `UPDATE 3`, `CREATE TABLE`.
  static AppliedStatement applied(int number, Completion completion, Duration took) {
    var tag = completion.tag();
    var end = tag.length();
    while (end > 0 && (Character.isDigit(tag.charAt(end - 1)) || tag.charAt(end - 1) == ' ')) {
      end--;
    }
    var last = tag.lastIndexOf(' ') + 1;
    var rows = end < tag.length() ? Long.valueOf(tag.substring(last)) : null;
    return new AppliedStatement(number, tag.substring(0, end), rows, took);
  }

  /// Best effort: where it fails the connection is gone, and the transaction with it.
  void rollBack() {
    try {
      if (connection.isOpen()) {
        ask("ROLLBACK");
      }
    } catch (SQLException _) {
      connection.abort();
    }
  }

  /// Whether the server counts the positions in texts by bytes, as it does without an encoding.
  boolean countsBytes() throws SQLException {
    return "SQL_ASCII".equals(value("SELECT pg_catalog.current_setting('server_encoding')"));
  }

  Entered.Look look(Mentioned mentioned, ChangeLimits limits) throws TargetException {
    var reading = new Limits(limits.connect(), Limits.DEFAULT.statement(), limits.lock());
    busy = true;
    try {
      return entered.look(mentioned.mentions(), mentioned.borders(), reading);
    } finally {
      busy = false;
    }
  }

  private void end() {
    for (var cancel = 0; cancel < CANCELS && connection.isOpen(); cancel++) {
      try {
        if (busy) {
          connection.cancel();
        }
        Thread.sleep(BETWEEN_CANCELS);
      } catch (SQLException _) {
        // Then the connection is cut.
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (busy) {
      connection.abort();
    }
  }

  @Override
  public void close() {
    registration.close();
    if (busy) {
      connection.abort();
    } else {
      connection.close();
    }
  }
}
