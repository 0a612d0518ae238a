// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.login.Endpoint;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/// Opens connections with a limit on every wait, and makes them ready. Safe for many threads.
final class Dialing {
  /// The server ends a statement at its limit; the socket gives up only this much later.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// One statement at a time, no files, no other server, and a session as others find it:
  /// `jdbcCompliantTruncation` would add to sql_mode.
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("socketFactory", TrackedSockets.class.getName()),
          Map.entry("tcpKeepAlive", "true"),
          Map.entry("allowMultiQueries", "false"),
          Map.entry("allowLocalInfile", "false"),
          Map.entry("permitRedirect", "false"),
          Map.entry("jdbcCompliantTruncation", "false"),
          Map.entry("useServerPrepStmts", "false"),
          Map.entry("dumpQueriesOnException", "false"),
          Map.entry("maxQuerySizeToLog", "0"),
          Map.entry("connectionAttributes", "program_name:plancheck"));

  /// The driver's words when a server offers no TLS.
  private static final String NO_TLS = "ssl not enabled in the server";

  /// Looks up the host, connects, logs in and makes the session ready, all within
  /// `limits.connect()`: on a thread of its own, because looking up a name knows no limit.
  Line dial(Endpoint endpoint, @Nullable String password, Limits limits) throws SQLException {
    return within(
        new Call(endpoint, password, limits),
        (connection, socket) -> Readying.ready(connection, socket, limits));
  }

  /// A session as others find it, which can write: for `clone` alone. Also within
  /// `limits.connect()`; the caller limits every statement.
  Connection writable(Endpoint endpoint, @Nullable String password, Limits limits)
      throws SQLException {
    return within(new Call(endpoint, password, limits), (connection, _) -> connection);
  }

  private record Call(Endpoint endpoint, @Nullable String password, Limits limits) {}

  /// What becomes of a new connection.
  private interface Making<T extends AutoCloseable> {
    T of(Connection connection, @Nullable Socket socket) throws SQLException;
  }

  private static <T extends AutoCloseable> T within(Call call, Making<T> making)
      throws SQLException {
    var opened = new CompletableFuture<T>();
    var thread = Thread.ofVirtual().name("connect").start(() -> open(call, making, opened));
    try {
      return opened.get(call.limits().connect().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooLate(opened, thread);
    } catch (TimeoutException _) {
      throw tooLate(opened, thread);
    }
  }

  private static <T extends AutoCloseable> void open(
      Call call, Making<T> making, CompletableFuture<T> opened) {
    var socket = new AtomicReference<@Nullable Socket>();
    try {
      var connection =
          ScopedValue.where(TrackedSockets.OPENED, socket::set).call(() -> connect(call));
      var made = making.of(connection, socket.get());
      if (!opened.complete(made)) {
        close(made);
      }
    } catch (SQLException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  /// Nobody waits for it.
  private static void close(AutoCloseable made) {
    try {
      made.close();
    } catch (Exception _) {
      // It is gone all the same.
    }
  }

  /// PREFER takes what the server offers; the driver has no such mode.
  private static Connection connect(Call call) throws SQLException {
    if (call.endpoint().tls() != TlsMode.PREFER) {
      return connect(call, mode(call.endpoint().tls()));
    }
    try {
      return connect(call, "trust");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains(NO_TLS)) {
        throw e;
      }
      return connect(call, "disable");
    }
  }

  private static Connection connect(Call call, String sslMode) throws SQLException {
    var connection =
        new Driver()
            .connect(
                "jdbc:mariadb://%s/".formatted(call.endpoint().address()),
                properties(call, sslMode));
    if (connection == null) {
      throw new IllegalStateException("the driver does not know its own kind of address");
    }
    return connection;
  }

  private static Properties properties(Call call, String sslMode) {
    var endpoint = call.endpoint();
    var limits = call.limits();
    var properties = new Properties();
    properties.putAll(FIXED);
    properties.setProperty("user", endpoint.user());
    if (call.password() != null) {
      properties.setProperty("password", call.password());
    }
    properties.setProperty("sslMode", sslMode);
    var certificate = certificate(endpoint.tls());
    if (certificate != null) {
      properties.setProperty("serverSslCert", certificate);
    }
    // Without TLS this is the only way to log in by caching_sha2_password.
    properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(sslMode.equals("disable")));
    properties.setProperty("connectTimeout", millis(limits.connect()));
    properties.setProperty(
        "socketTimeout",
        limits.statement().isZero() ? "0" : millis(limits.statement().plus(PATIENCE)));
    return properties;
  }

  private static String mode(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "disable";
      case PREFER, REQUIRE -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL -> "verify-full";
    };
  }

  /// The certificates to trust; null leaves it to those that Java trusts.
  private static @Nullable String certificate(TlsMode mode) {
    var named = System.getenv("MYSQL_SSL_CA");
    return mode.compareTo(TlsMode.VERIFY_CA) < 0 || named == null || named.isEmpty() ? null : named;
  }

  /// From here on nobody takes the connection, if there will be one.
  private static SQLException tooLate(
      CompletableFuture<? extends AutoCloseable> opened, Thread thread) {
    if (!opened.cancel(false) && !opened.isCompletedExceptionally()) {
      close(opened.resultNow());
    }
    thread.interrupt();
    return new SQLException("No login in time.", "08000");
  }

  private static String millis(Duration limit) {
    return String.valueOf(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
  }
}
