// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.login.KnownInstance;
import dev.plancheck.targets.login.Passwords;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Connections of the JDBC driver, for a library that knows no others. They only read: the session
/// is read-only, and its transactions have to be left so.
public final class JdbcEntrance {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Function<String, Optional<Instance>> instances;
  private final Passwords passwords;

  /// `instances` finds an instance by its id.
  public JdbcEntrance(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this.instances = instances;
    this.passwords = passwords;
  }

  /// A connection, and the sentences for what goes wrong on it.
  public static final class Opened {
    private final Connection connection;
    private final Failures failures;

    private Opened(Connection connection, Failures failures) {
      this.connection = connection;
      this.failures = failures;
    }

    public Connection connection() {
      return connection;
    }

    public TargetException asking(SQLException failure) {
      return failures.asking(failure);
    }
  }

  /// Blocks no longer than `limits.connect()`, in whole seconds.
  public Opened open(DatabaseName target, Limits limits) throws TargetException {
    var instance = KnownInstance.of(instances, target);
    if (instance.engine() != Engine.POSTGRESQL) {
      throw new TargetException(
          Kind.OTHER,
          "Instance %s is %s (expected: PostgreSQL; schemas of other databases are not compared)."
              .formatted(instance.id(), instance.engine().title()));
    }
    var endpoint = Endpoint.of(instance, target.database());
    var failures = new Failures(endpoint, limits);
    var password = passwords.of(instance);
    try {
      var connection = new Driver().connect(url(endpoint), properties(endpoint, password, limits));
      if (connection == null) {
        throw new IllegalStateException("the driver does not know its own kind of address");
      }
      return new Opened(connection, failures);
    } catch (SQLException e) {
      throw failures.connecting(e);
    }
  }

  private static String url(Endpoint endpoint) {
    return "jdbc:postgresql://%s/%s"
        .formatted(
            endpoint.address(), URLEncoder.encode(endpoint.database(), StandardCharsets.UTF_8));
  }

  private static Properties properties(
      Endpoint endpoint, @Nullable String password, Limits limits) {
    var properties = Dialing.tls(endpoint.tls());
    PGProperty.USER.set(properties, endpoint.user());
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password);
    }
    PGProperty.APPLICATION_NAME.set(properties, "plancheck");
    PGProperty.READ_ONLY.set(properties, true);
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds(limits.connect()));
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds(limits.connect()));
    PGProperty.SOCKET_TIMEOUT.set(
        properties, limits.statement().isZero() ? 0 : seconds(limits.statement().plus(PATIENCE)));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return properties;
  }

  /// Not 0, which the driver takes for no limit.
  private static int seconds(Duration limit) {
    return (int) Math.max(1, limit.plusMillis(999).toSeconds());
  }
}
