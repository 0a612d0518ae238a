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
import dev.plancheck.targets.login.Passwords;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Opens sessions to the databases of PostgreSQL instances, one connection each, and lists their
/// databases. Safe for use by several threads; keeps nothing open.
public final class PostgresqlConnector implements TargetConnector, DatabaseLister {
  /// Every server has the first unless someone dropped it, and the second always.
  private static final List<String> USUAL = List.of("postgres", "template1");

  private final Entrance entrance;
  private final Foresight foresight = new Foresight();

  /// `instances` finds an instance by its id.
  public PostgresqlConnector(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this.entrance = new Entrance(instances, passwords);
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    return open(entrance.instance(target), target, limits);
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
    var entered = entrance.enter(instance, target, limits);
    return new PostgresqlSession(
        new Wire(entered.connection()),
        entered.version(),
        target,
        limits,
        new Failures(entered.endpoint(), limits),
        foresight);
  }
}
