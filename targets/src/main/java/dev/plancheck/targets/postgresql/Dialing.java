// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.postgresql.PGProperty.SSL_FACTORY;
import static org.postgresql.PGProperty.SSL_MODE;
import static org.postgresql.PGProperty.SSL_ROOT_CERT;

import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.postgresql.wire.Destination;
import dev.plancheck.targets.postgresql.wire.ScramKeys;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.SslMode;
import org.postgresql.jdbcurlresolver.PgPassParser;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/// Opens connections with a limit on every wait. Safe for many threads.
final class Dialing {
  /// The server ends a statement at its limit; the socket gives up only this much later.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ScramKeys keys = new ScramKeys();

  /// Looks up the host, connects and logs in, all within `limits.connect()`: on a thread of its
  /// own, because looking up a name knows no limit. Later waits for the server last as long as a
  /// statement may; for ever where that is zero.
  ServerConnection dial(Endpoint endpoint, @Nullable String password, Limits limits)
      throws SQLException {
    var destination = destination(endpoint, limits);
    var given = password == null ? fromPasswordFile(endpoint) : password;
    var opened = new CompletableFuture<ServerConnection>();
    var thread = Thread.ofVirtual().name("connect").start(() -> open(destination, given, opened));
    try {
      return opened.get(limits.connect().toMillis(), TimeUnit.MILLISECONDS);
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

  private void open(
      Destination destination,
      @Nullable String password,
      CompletableFuture<ServerConnection> opened) {
    try {
      var connection = ServerConnection.open(destination, password, keys);
      if (!opened.complete(connection)) {
        connection.abort();
      }
    } catch (SQLException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  /// From here on nobody takes the connection, if there will be one.
  private static SQLException tooLate(CompletableFuture<ServerConnection> opened, Thread thread) {
    if (!opened.cancel(false) && !opened.isCompletedExceptionally()) {
      opened.resultNow().abort();
    }
    thread.interrupt();
    return new PSQLException("No login in time.", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
  }

  /// As libpq does (PostgreSQL manual, "The Password File"); null when there is none.
  private static @Nullable String fromPasswordFile(Endpoint endpoint) {
    return PgPassParser.getPassword(
        endpoint.host(), Integer.toString(endpoint.port()), endpoint.database(), endpoint.user());
  }

  private static Destination destination(Endpoint endpoint, Limits limits) {
    return new Destination(
        endpoint.host(),
        endpoint.port(),
        endpoint.user(),
        endpoint.database(),
        SslMode.valueOf(endpoint.tls().name()),
        tls(endpoint.tls()),
        limits.connect(),
        limits.statement().isZero() ? Duration.ZERO : limits.statement().plus(PATIENCE));
  }

  static Properties tls(TlsMode mode) {
    var properties = new Properties();
    SSL_MODE.set(properties, SslMode.valueOf(mode.name()).value);
    if (mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_FULL) {
      var root = rootCertificate();
      if (root == null) {
        SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
      } else {
        SSL_ROOT_CERT.set(properties, root.toString());
      }
    }
    return properties;
  }

  /// libpq's places for the certificates to trust; null leaves it to those that Java trusts.
  private static @Nullable Path rootCertificate() {
    var named = System.getenv("PGSSLROOTCERT");
    if (named != null && !named.isEmpty()) {
      return named.equals("system") ? null : Path.of(named);
    }
    var usual = Path.of(System.getProperty("user.home", ""), ".postgresql", "root.crt");
    return Files.isReadable(usual) ? usual : null;
  }
}
