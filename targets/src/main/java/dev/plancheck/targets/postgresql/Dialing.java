// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.postgresql.PGProperty.APPLICATION_NAME;
import static org.postgresql.PGProperty.ASSUME_MIN_SERVER_VERSION;
import static org.postgresql.PGProperty.CANCEL_SIGNAL_TIMEOUT;
import static org.postgresql.PGProperty.CONNECT_TIMEOUT;
import static org.postgresql.PGProperty.GSS_ENC_MODE;
import static org.postgresql.PGProperty.LOGIN_TIMEOUT;
import static org.postgresql.PGProperty.LOG_SERVER_ERROR_DETAIL;
import static org.postgresql.PGProperty.PASSWORD;
import static org.postgresql.PGProperty.PREFER_QUERY_MODE;
import static org.postgresql.PGProperty.PREPARE_THRESHOLD;
import static org.postgresql.PGProperty.SOCKET_TIMEOUT;
import static org.postgresql.PGProperty.SSL_FACTORY;
import static org.postgresql.PGProperty.SSL_MODE;
import static org.postgresql.PGProperty.SSL_ROOT_CERT;
import static org.postgresql.PGProperty.TCP_KEEP_ALIVE;
import static org.postgresql.PGProperty.USER;

import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/// Opens one connection with few round trips and a limit on every wait.
final class Dialing {
  /// The server ends a statement at its limit; the socket gives up only this much later.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Dialing() {}

  static Connection dial(Endpoint endpoint, @Nullable String password, Limits limits)
      throws SQLException {
    // Host and user are validated or passed as properties, so that no part of them can add one.
    var url =
        "jdbc:postgresql://%s/%s"
            .formatted(
                endpoint.address(), URLEncoder.encode(endpoint.database(), StandardCharsets.UTF_8));
    var connection = new Driver().connect(url, properties(endpoint, password, limits));
    if (connection == null) {
      throw new IllegalStateException("the driver refuses its own URL form: " + url);
    }
    return connection;
  }

  private static Properties properties(
      Endpoint endpoint, @Nullable String password, Limits limits) {
    var properties = new Properties();
    USER.set(properties, endpoint.user());
    if (password != null) {
      PASSWORD.set(properties, password);
    }
    APPLICATION_NAME.set(properties, "plancheck");
    // Without these the driver asks for an encryption that is not wanted, and sets after connecting
    // what it could have said before: a round trip each.
    GSS_ENC_MODE.set(properties, "disable");
    ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    // The extended protocol takes one command at a time: see [Estimates].
    PREFER_QUERY_MODE.set(properties, "extended");
    PREPARE_THRESHOLD.set(properties, 0);
    LOG_SERVER_ERROR_DETAIL.set(properties, false);
    TCP_KEEP_ALIVE.set(properties, true);
    CONNECT_TIMEOUT.set(properties, seconds(limits.connect()));
    // The only limit that holds over all addresses of a host, TLS and authentication together.
    LOGIN_TIMEOUT.set(properties, Double.toString(limits.connect().toMillis() / 1e3));
    SOCKET_TIMEOUT.set(properties, seconds(limits.statement().plus(PATIENCE)));
    CANCEL_SIGNAL_TIMEOUT.set(properties, 1);
    tls(properties, endpoint.tls());
    return properties;
  }

  private static void tls(Properties properties, TlsMode mode) {
    SSL_MODE.set(properties, mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_FULL) {
      var root = rootCertificate();
      if (root == null) {
        SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
      } else {
        SSL_ROOT_CERT.set(properties, root.toString());
      }
    }
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

  private static int seconds(Duration limit) {
    return Math.clamp((limit.toMillis() + 999) / 1000, 1, Integer.MAX_VALUE / 1000);
  }
}
