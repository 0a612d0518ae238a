// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.login.KnownInstance;
import dev.plancheck.targets.login.Passwords;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/// The way into a database, for those that read and for the one that writes: finds the instance and
/// its password, connects and looks at the version. Safe for use by several threads; keeps nothing
/// open.
public final class Entrance {
  private static final int OLDEST = 13;

  private final Function<String, Optional<Instance>> instances;
  private final Passwords passwords;
  private final Dialing dialing = new Dialing();

  /// `instances` finds an instance by its id.
  public Entrance(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this.instances = instances;
    this.passwords = passwords;
  }

  /// Blocks no longer than `limits.connect()`. A limit of zero for statements means none, neither
  /// here nor on the server.
  public Entered enter(DatabaseName target, Limits limits) throws TargetException {
    return enter(instance(target), target, limits);
  }

  Instance instance(DatabaseName target) throws TargetException {
    return KnownInstance.of(instances, target);
  }

  Entered enter(Instance instance, DatabaseName target, Limits limits) throws TargetException {
    var endpoint = Endpoint.of(instance, target.database());
    var password = passwords.of(instance);
    try {
      var connection = dialing.dial(endpoint, password, limits);
      var version = connection.majorVersion();
      if (version < OLDEST) {
        connection.close();
        throw new TargetException(
            Kind.OTHER,
            "%s is PostgreSQL %d (expected: %d or newer)."
                .formatted(endpoint.address(), version, OLDEST));
      }
      return new Entered(
          connection, new EngineVersion(Engine.POSTGRESQL, version), target, endpoint);
    } catch (SQLException e) {
      throw new Failures(endpoint, limits).connecting(e);
    }
  }
}
