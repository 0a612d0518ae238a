// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.DatabaseLister;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Opens sessions to the databases of PostgreSQL instances, one connection each, and lists their
/// databases. Safe for use by several threads; keeps nothing open.
public final class PostgresqlConnector implements TargetConnector, DatabaseLister {
  private static final int OLDEST = 13;

  /// Every server has the first unless someone dropped it, and the second always.
  private static final List<String> USUAL = List.of("postgres", "template1");

  private final Function<String, Optional<Instance>> instances;
  private final Passwords passwords;
  private final Foresight foresight = new Foresight();
  private final Dialing dialing = new Dialing();

  /// `instances` finds an instance by its id.
  public PostgresqlConnector(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this.instances = instances;
    this.passwords = passwords;
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    var instance =
        instances
            .apply(target.instance())
            .orElseThrow(() ->
                new TargetException(
                    Kind.MISSING,
                    "There is no instance %s (any more).".formatted(target.instance())));
    return open(instance, target, limits);
  }

  @Override
  public List<String> databases(Instance instance) throws TargetException {
    for (var database : USUAL) {
      try (var session =
          open(instance, new DatabaseName(instance.id(), database), Limits.DEFAULT)) {
        return session.databases();
      } catch (TargetException e) {
        if (e.kind() != Kind.MISSING || database.equals(USUAL.getLast())) {
          throw e;
        }
      }
    }
    throw new IllegalStateException("no database to connect to was tried");
  }

  private PostgresqlSession open(Instance instance, DatabaseName target, Limits limits)
      throws TargetException {
    var endpoint = Endpoint.of(instance, target.database());
    var failures = new Failures(endpoint, limits);
    var password = passwords.of(instance);
    try {
      var wire = new Wire(dialing.dial(endpoint, password, limits));
      var version = wire.serverVersion();
      if (version < OLDEST) {
        wire.close();
        throw new TargetException(
            Kind.OTHER,
            "%s is PostgreSQL %d (expected: %d or newer)."
                .formatted(endpoint.address(), version, OLDEST));
      }
      return new PostgresqlSession(
          wire, new EngineVersion(Engine.POSTGRESQL, version), target, limits, failures, foresight);
    } catch (SQLException e) {
      throw failures.connecting(e);
    }
  }
}
