// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PreferQueryMode;

/// A connection over which a text goes to the server as it is, in one message.
final class JudgeConnection implements AutoCloseable {
  /// The read-only transaction is a second line of defence: nothing of a judged text is executed.
  private static final String SETTINGS =
      """
      set search_path = pg_catalog;
      set statement_timeout = '10s';
      set lock_timeout = '1s';
      set default_transaction_read_only = on;
      """;

  /// Where to connect; holds a secret and is never printed.
  record Address(String url, String user, @Nullable String password) {
    @Override
    public String toString() {
      return user + " at " + url.replaceFirst("\\?.*", "");
    }
  }

  private final Connection connection;

  private JudgeConnection(Connection connection) {
    this.connection = connection;
  }

  static JudgeConnection open(Address address) throws SQLException {
    var connection = new Driver().connect(address.url(), properties(address));
    if (connection == null) {
      throw new SQLException("not a URL of PostgreSQL: " + address);
    }
    var opened = new JudgeConnection(connection);
    try {
      opened.prepare();
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /// Such as `18.6`, without what distributors add.
  String version() throws SQLException {
    return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
  }

  /// Whether the server counts positions in bytes, as it does when it knows no encoding.
  boolean countsBytes() throws SQLException {
    return "SQL_ASCII"
        .equals(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"));
  }

  /// Sends the text and answers how it failed; null when it did not.
  @Nullable SQLException send(String text) {
    try (var statement = connection.createStatement()) {
      // Else the driver would replace `{d '2020-01-01'}` before the server sees it.
      statement.setEscapeProcessing(false);
      statement.execute(text);
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Gone is what we wanted.
    }
  }

  private void prepare() throws SQLException {
    // A parameter of the URL wins over ours, and in another mode the driver splits the text.
    if (connection.unwrap(PGConnection.class).getPreferQueryMode() != PreferQueryMode.SIMPLE) {
      throw new SQLException("the URL of a judge must not set preferQueryMode");
    }
    var failure = send(SETTINGS);
    if (failure != null) {
      throw failure;
    }
  }

  private static Properties properties(Address address) {
    var properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    if (address.password() != null) {
      PGProperty.PASSWORD.set(properties, address.password());
    }
    PGProperty.APPLICATION_NAME.set(properties, "plancheck judge");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.CONNECT_TIMEOUT.set(properties, 10);
    PGProperty.LOGIN_TIMEOUT.set(properties, 10);
    PGProperty.SOCKET_TIMEOUT.set(properties, 20);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return properties;
  }
}
