// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.PostgresBinaries;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.postgresql.PostgresqlDialect;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.text.SourceText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A server of one version with databases of tests in it, shared by all tests of that version.
final class TestServer {
  static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));

  private static final TestServer[] STARTED = new TestServer[2];
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Cluster cluster;
  private final EngineVersion version;

  private TestServer(PostgresBinaries binaries, int version) {
    this.cluster = Cluster.start(ClusterConfig.throwAway(Role.TENANTS).withBinaries(binaries));
    this.version = new EngineVersion(Engine.POSTGRESQL, version);
  }

  static synchronized TestServer postgresql14() {
    if (STARTED[0] == null) {
      var jar = Path.of(System.getProperty("plancheck.postgres14.jar"));
      STARTED[0] = new TestServer(PostgresBinaries.fromJar(jar), 14);
    }
    return STARTED[0];
  }

  static synchronized TestServer postgresql18() {
    if (STARTED[1] == null) {
      STARTED[1] = new TestServer(PostgresBinaries.bundled(), 18);
    }
    return STARTED[1];
  }

  EngineVersion version() {
    return version;
  }

  Cluster cluster() {
    return cluster;
  }

  /// A new database with a name of its own, filled by `sql`.
  String database(String sql) throws SQLException {
    var name = "test" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    execute(name, sql);
    return name;
  }

  String copy(String template) throws SQLException {
    var name = "test" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
    return name;
  }

  void execute(String database, String sql) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String database, String sql) throws SQLException {
    try (var connection = cluster.connect(database);
        var statement = connection.createStatement();
        var results = statement.executeQuery(sql)) {
      return results.next() ? String.valueOf(results.getString(1)) : "no row";
    }
  }

  Instance instance() {
    return new Instance(
        "test",
        "Test",
        Engine.POSTGRESQL,
        "test",
        cluster.host(),
        cluster.port(),
        cluster.user(),
        new Secret.Env("PASSWORD"),
        TlsMode.DISABLE);
  }

  PostgresqlConnector connector() {
    return connector(instance());
  }

  PostgresqlConnector connector(Instance instance) {
    return new PostgresqlConnector(_ -> Optional.of(instance), _ -> cluster.password());
  }

  TargetSession open(String database) throws TargetException {
    return connector().open(new DatabaseName("test", database), LIMITS);
  }

  Instance instance(String user, int port) {
    var own = instance();
    return new Instance(
        own.id(),
        own.title(),
        own.engine(),
        own.environment(),
        own.host(),
        port,
        user,
        own.password(),
        own.tls());
  }

  TargetSession openAs(String user, String password, String database) throws TargetException {
    var instance = instance(user, cluster.port());
    return new PostgresqlConnector(_ -> Optional.of(instance), _ -> password)
        .open(new DatabaseName("test", database), LIMITS);
  }

  Script script(String sql) {
    return new PostgresqlDialect().parse(new SourceText(sql), version);
  }

  Snapshot snapshot(String database, String sql) throws TargetException {
    try (var session = open(database)) {
      return session.snapshot(Mentions.of(script(sql)), SizeBorders.DEFAULT);
    }
  }
}
