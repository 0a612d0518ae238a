// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.DatabaseLister;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.login.KnownInstance;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.mysql.IdleLines.Login;
import dev.plancheck.targets.mysql.MysqlSession.Probing;
import dev.plancheck.targets.mysql.clone.CopyTrial;
import dev.plancheck.targets.mysql.noop.GhostProgram;
import dev.plancheck.targets.mysql.noop.NoopRun;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens sessions to the databases of MySQL and MariaDB instances, and lists their databases. A
/// connection that a session leaves is kept for a few seconds and serves the next one, on whatever
/// database of the instance. Safe for use by several threads.
public final class MysqlConnector implements TargetConnector, DatabaseLister {
  private static final Duration KEPT = Duration.ofSeconds(3);

  private final Function<String, Optional<Instance>> instances;
  private final Passwords passwords;
  private final @Nullable GhostProgram ghost;
  private final Dialing dialing = new Dialing();
  private final IdleLines idle = new IdleLines(KEPT);

  /// Without a gh-ost to run.
  public MysqlConnector(Function<String, Optional<Instance>> instances, Passwords passwords) {
    this(instances, passwords, null);
  }

  /// `instances` finds an instance by its id; `ghost` is null where there is no gh-ost to run.
  public MysqlConnector(
      Function<String, Optional<Instance>> instances,
      Passwords passwords,
      @Nullable GhostProgram ghost) {
    this.instances = instances;
    this.passwords = passwords;
    this.ghost = ghost;
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    return open(target, limits, new Together(List.of()));
  }

  @Override
  public Optional<TargetConnector> together(List<DatabaseName> targets, Engine engine) {
    var shared = new Together(targets.stream().map(DatabaseName::database).toList());
    return Optional.of((target, limits) -> open(target, limits, shared));
  }

  private TargetSession open(DatabaseName target, Limits limits, Together together)
      throws TargetException {
    var instance = KnownInstance.of(instances, target);
    var endpoint = Endpoint.of(instance, target.database());
    var failures = new Failures(endpoint, instance.engine(), limits);
    var login = new Login(endpoint, passwords.of(instance), limits);
    var line = line(instance, endpoint, login);
    return new MysqlSession(
        new Together.Asking(line, login, failures),
        target,
        together,
        probing(instance, login),
        () -> idle.giveBack(login, line));
  }

  /// A copy is made over a connection of its own, which no pool keeps; gh-ost has its own as well.
  private Probing probing(Instance instance, Login login) throws TargetException {
    var bare = Endpoint.of(instance, "");
    return switch (instance.ghostProbe()) {
      case OFF -> new Probing(false, null, null);
      case DATA -> new Probing(true, null, null);
      case CLONE ->
          new Probing(
              true,
              new CopyTrial(
                  instance.ghostScratchSchema(),
                  instance.engine(),
                  () -> dialing.writable(bare, login.password(), login.limits())),
              ghost == null ? null : new NoopRun(ghost, bare, login.password()));
    };
  }

  @Override
  public List<String> databases(Instance instance) throws TargetException {
    var endpoint = Endpoint.of(instance, "");
    var failures = new Failures(endpoint, instance.engine(), Limits.DEFAULT);
    var login = new Login(endpoint, passwords.of(instance), Limits.DEFAULT);
    try (var line = dial(instance, endpoint, login)) {
      return line
          .ask(
              """
              SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN
                ('information_schema', 'mysql', 'performance_schema', 'sys')
              """)
          .stream()
          .map(row -> row.text(0))
          .sorted()
          .toList();
    } catch (SQLException e) {
      throw failures.asking(e);
    }
  }

  /// A connection with the target's database as its own. One that was kept may have been closed by
  /// the server meanwhile: then a new one is opened.
  private Line line(Instance instance, Endpoint endpoint, Login login) throws TargetException {
    var failures = new Failures(endpoint, instance.engine(), login.limits());
    for (var line = idle.take(login); line != null; line = idle.take(login)) {
      try {
        line.use(endpoint.database());
        return line;
      } catch (SQLException e) {
        line.close();
        if (!ErrorCodes.isOfConnection(e)) {
          throw failures.connecting(e);
        }
      }
    }
    var line = dial(instance, endpoint, login);
    try {
      line.use(endpoint.database());
      return line;
    } catch (SQLException e) {
      line.close();
      throw failures.connecting(e);
    }
  }

  private Line dial(Instance instance, Endpoint endpoint, Login login) throws TargetException {
    Line line;
    try {
      line = dialing.dial(endpoint, login.password(), login.limits());
    } catch (SQLException e) {
      throw new Failures(endpoint, instance.engine(), login.limits()).connecting(e);
    }
    var problem = problem(instance, endpoint, line.version());
    if (problem != null) {
      line.close();
      throw new TargetException(Kind.OTHER, problem);
    }
    return line;
  }

  /// Why a server that let us in is not read; null if it is.
  private static @Nullable String problem(
      Instance instance, Endpoint endpoint, ServerVersion version) {
    var engine = version.version().engine();
    if (engine != instance.engine()) {
      return "%s is %s %s, and instance %s says %s. Make its engine %s; in a URL write %s://."
          .formatted(
              endpoint.address(),
              engine.title(),
              version.text(),
              instance.id(),
              instance.engine().title(),
              engine.name(),
              engine.name().toLowerCase(Locale.ROOT));
    }
    if (!version.isKnown()) {
      return "%s is %s %s (expected: %s or newer)."
          .formatted(
              endpoint.address(),
              engine.title(),
              version.text(),
              engine == Engine.MARIADB ? "10.6" : "5.7");
    }
    return null;
  }
}
