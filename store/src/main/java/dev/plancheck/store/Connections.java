// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/// How connections to our own database are made, and what the database must be.
final class Connections {
  private static final int OLDEST_VERSION = 14;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Longer than any statement of ours may take, so that a connection whose other end is gone is
  /// noticed at all.
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private final StorageConfig config;
  private final PGSimpleDataSource source;

  Connections(StorageConfig config) {
    this.config = config;
    this.source = source(config);
  }

  String place() {
    return config.place();
  }

  /// Connections that are made anew each time, for what must not come from the pool.
  PGSimpleDataSource source() {
    return source;
  }

  /// The same, for statements that may take longer than any other of ours.
  PGSimpleDataSource patientSource() {
    var patient = source(config);
    patient.setSocketTimeout(0);
    return patient;
  }

  Connection connect() throws SQLException {
    return source.getConnection();
  }

  HikariDataSource pool() {
    return pool("plancheck-storage", config.poolSize());
  }

  HikariDataSource pool(String name, int size) {
    var settings = new HikariConfig();
    settings.setPoolName(name);
    settings.setDataSource(source);
    settings.setMaximumPoolSize(size);
    settings.setConnectionTimeout(CONNECT.toMillis());
    return new HikariDataSource(settings);
  }

  /// Throws [StorageException] unless the database is one that we can work with.
  void requireUsable() {
    requireUsable(OLDEST_VERSION);
  }

  void requireUsable(int oldestVersion) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select
                  current_setting('server_version_num')::integer / 10000 as major,
                  current_setting('server_version') as version,
                  current_setting('server_encoding') as encoding,
                  pg_is_in_recovery() as standby
                """)) {
      row.next();
      require(
          row.getInt("major") >= oldestVersion,
          "is PostgreSQL %s (expected: %d or newer)"
              .formatted(row.getString("version"), oldestVersion));
      require(
          row.getString("encoding").equals("UTF8"),
          "has the encoding %s (expected: UTF8; create it with ENCODING 'UTF8')"
              .formatted(row.getString("encoding")));
      require(!row.getBoolean("standby"), "is a read-only standby (expected: the primary server)");
    } catch (SQLException e) {
      throw new StorageException(
          "cannot use the metadata database %s: %s. Check that it runs, and its address, user and password"
              .formatted(place(), words(e)),
          e);
    }
  }

  /// What the driver or the server says, for the middle of a sentence.
  static String words(SQLException e) {
    return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
  }

  private void require(boolean met, String problem) {
    if (!met) {
      throw new StorageException("the metadata database %s %s".formatted(place(), problem));
    }
  }

  private static PGSimpleDataSource source(StorageConfig config) {
    var source = new PGSimpleDataSource();
    source.setApplicationName("plancheck");
    source.setConnectTimeout((int) CONNECT.toSeconds());
    source.setLoginTimeout((int) CONNECT.toSeconds());
    source.setSocketTimeout((int) SILENCE.toSeconds());
    source.setTcpKeepAlive(true);
    // What the operator writes into the URL wins over what is set above.
    source.setUrl(config.jdbcUrl());
    config.userName().ifPresent(source::setUser);
    config.userPassword().ifPresent(source::setPassword);
    return source;
  }
}
