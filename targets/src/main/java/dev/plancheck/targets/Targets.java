// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.DatabaseLister;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.login.KnownInstance;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.mysql.MysqlConnector;
import dev.plancheck.targets.mysql.noop.GhostProgram;
import dev.plancheck.targets.postgresql.PostgresqlConnector;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The users' databases of all engines: leaves each instance to the connector of its engine. Safe
/// for use by several threads.
public final class Targets implements TargetConnector, DatabaseLister {
  private final Function<String, Optional<Instance>> instances;
  private final PostgresqlConnector postgresql;
  private final MysqlConnector mysql;

  /// `instances` finds an instance by its id.
  public Targets(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this(instances, passwords, null);
  }

  /// `ghost` is null where there is no gh-ost to run.
  public Targets(
      Function<String, Optional<Instance>> instances,
      Passwords passwords,
      @Nullable GhostProgram ghost) {
    this.instances = instances;
    this.postgresql = new PostgresqlConnector(instances, passwords);
    this.mysql = new MysqlConnector(instances, passwords, ghost);
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    var instance = KnownInstance.of(instances, target);
    return of(instance.engine()).open(target, limits);
  }

  @Override
  public Optional<TargetConnector> together(List<DatabaseName> targets, Engine engine) {
    return of(engine).together(targets, engine);
  }

  private TargetConnector of(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> postgresql;
      case MYSQL, MARIADB -> mysql;
    };
  }

  @Override
  public List<String> databases(Instance instance) throws TargetException {
    return switch (instance.engine()) {
      case POSTGRESQL -> postgresql.databases(instance);
      case MYSQL, MARIADB -> mysql.databases(instance);
    };
  }
}
