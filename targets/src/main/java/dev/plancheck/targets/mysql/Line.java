// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.util.constants.ServerStatus;

/// One connection to a server, made ready: read-only, with limits on every statement. `settings`
/// are those that a new session finds.
///
/// One thread asks at a time; [#cancel] and [#close] may come from any.
final class Line implements AutoCloseable {
  /// How long a server may take to end what it was asked to cancel.
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Connection connection;
  private final @Nullable Socket socket;
  private final ServerVersion version;
  private final SortedMap<String, String> settings;
  private final Rights rights;
  private volatile boolean canceled;
  private volatile boolean asking;
  private volatile boolean failed;

  Line(
      Connection connection,
      @Nullable Socket socket,
      ServerVersion version,
      SortedMap<String, String> settings,
      Rights rights) {
    this.connection = connection;
    this.socket = socket;
    this.version = version;
    this.settings = settings;
    this.rights = rights;
  }

  Connection connection() {
    return connection;
  }

  ServerVersion version() {
    return version;
  }

  SortedMap<String, String> settings() {
    return settings;
  }

  Rights rights() {
    return rights;
  }

  boolean isCanceled() {
    return canceled;
  }

  /// Makes a database the session's own. The server is asked even if it is so already: a connection
  /// that was kept may be gone.
  void use(String database) throws SQLException {
    begin();
    try (var statement = connection.createStatement()) {
      statement.execute("USE " + Literals.name(database));
    } catch (SQLException e) {
      failed = true;
      throw e;
    } finally {
      asking = false;
    }
  }

  /// Asks one question. A failure makes the connection one that is not used again.
  List<Row> ask(String select) throws SQLException {
    try {
      return attempt(select);
    } catch (SQLException e) {
      failed = true;
      throw e;
    }
  }

  /// Asks a question that the server may refuse, with the connection as good as before.
  List<Row> attempt(String select) throws SQLException {
    return attempt(select, Row::all);
  }

  /// What becomes of an answer.
  interface Reading<T> {
    T of(ResultSet answer) throws SQLException;
  }

  /// The same for whoever reads the answer in another way.
  <T> T attempt(String select, Reading<T> reading) throws SQLException {
    begin();
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(select)) {
      return reading.of(answer);
    } catch (SQLException e) {
      failed |= ErrorCodes.isOfConnection(e);
      throw e;
    } finally {
      asking = false;
    }
  }

  /// Whether another session may go on with it: nothing failed, and no transaction is open.
  boolean isClean() {
    if (failed || canceled || asking) {
      return false;
    }
    try {
      return connection.isWrapperFor(org.mariadb.jdbc.Connection.class)
          && (connection.unwrap(org.mariadb.jdbc.Connection.class).getContext().getServerStatus()
                  & ServerStatus.IN_TRANSACTION)
              == 0
          && !connection.isClosed();
    } catch (SQLException _) {
      return false;
    }
  }

  /// Asks the server to end what runs, and cuts the connection if it does not; returns at once.
  /// From then on nothing is asked any more.
  void cancel() {
    canceled = true;
    if (asking) {
      Thread.ofVirtual().name("cancel target").start(this::askToCancel);
      Thread.ofVirtual().name("cut target").start(this::cutAfterGrace);
    }
  }

  @Override
  public void close() {
    if (asking || failed) {
      cut();
    }
    // The driver takes its time with a connection that is cut or silent.
    Thread.ofVirtual().name("close target").start(this::closeQuietly);
  }

  /// Either this thread sees the cancel or [#cancel] sees that it asks.
  private void begin() throws SQLException {
    asking = true;
    if (canceled) {
      asking = false;
      throw new SQLException("canceled", "70100");
    }
  }

  private void askToCancel() {
    try {
      connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
    } catch (SQLException _) {
      // Then the connection is cut.
    }
  }

  private void cutAfterGrace() {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (asking) {
      close();
    }
  }

  private void cut() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  private void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException _) {
      // Nobody waits for the answer.
    }
  }
}
