// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.targets.postgresql.declarative.ScratchServer.Access;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database of our own for a moment, new and empty. It is used by one thread; [#abort] comes from
/// any.
final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  /// Nothing that is built without rows takes longer.
  private static final int SOCKET_SECONDS = 60;

  private static final String LIMITS =
      """
      SET statement_timeout = '30s';
      SET lock_timeout = '10s';
      SET idle_in_transaction_session_timeout = '60s';
      """;

  private final Access access;
  private final String name;
  private volatile @Nullable Connection open;
  private volatile boolean aborted;

  private Scratch(Access access, String name) {
    this.access = access;
    this.name = name;
  }

  static Scratch create(Access access) throws SQLException {
    var name = "scratch_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = connect(access, null, "simple");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s TEMPLATE template0".formatted(name));
    }
    return new Scratch(access, name);
  }

  /// A new connection to read by, of which there is one at a time. Who gets it closes it.
  Connection connect() throws SQLException {
    return connect("extended");
  }

  /// One to send texts of others through, as they are: else the driver looks for statements in
  /// them.
  Connection connectToBuild() throws SQLException {
    return connect("simple");
  }

  private Connection connect(String mode) throws SQLException {
    var connection = connect(access, name, mode);
    open = connection;
    if (aborted) {
      connection.abort(Runnable::run);
    }
    try (var statement = connection.createStatement()) {
      statement.execute(LIMITS);
    }
    return connection;
  }

  /// Cuts what is under way.
  void abort() {
    aborted = true;
    var connection = open;
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("a scratch connection could not be cut", e);
      }
    }
  }

  /// What stays behind for want of the server goes with it.
  @Override
  public void close() {
    try (var connection = connect(access, null, "simple");
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
    } catch (SQLException e) {
      LOG.warn("a scratch database could not be dropped: {}", e.getMessage());
    }
  }

  private static Connection connect(Access access, @Nullable String database, String mode)
      throws SQLException {
    var properties = new Properties();
    PGProperty.USER.set(properties, access.user());
    if (access.password() != null) {
      PGProperty.PASSWORD.set(properties, access.password());
    }
    PGProperty.APPLICATION_NAME.set(properties, "plancheck scratch");
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.CONNECT_TIMEOUT.set(properties, 10);
    PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_SECONDS);
    PGProperty.PREFER_QUERY_MODE.set(properties, mode);
    var url =
        database == null
            ? access.url()
            : access.url().replaceFirst("/[^/?]*(?=\\?|$)", "/" + database);
    var connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not a URL of PostgreSQL: " + access);
    }
    return connection;
  }
}
