// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.time.Duration;
import java.util.Optional;

/// A server of the fixture as an instance, with a login.
record TestInstance(Instance instance, String password) {
  static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(1));

  private static final String ID = "db1";

  static TestInstance of(MysqlServers server) {
    return new TestInstance(
        new Instance(
            ID,
            "",
            server.engine(),
            "",
            server.host(),
            server.port(),
            server.user(),
            new Secret.None(),
            TlsMode.PREFER),
        server.password());
  }

  TestInstance withLogin(String user, String changed) {
    return new TestInstance(
        new Instance(
            ID,
            "",
            instance.engine(),
            "",
            instance.host(),
            instance.port(),
            user,
            new Secret.None(),
            instance.tls()),
        changed);
  }

  TestInstance withTls(TlsMode changed) {
    return new TestInstance(
        new Instance(
            ID,
            "",
            instance.engine(),
            "",
            instance.host(),
            instance.port(),
            instance.user(),
            new Secret.None(),
            changed),
        password);
  }

  TestInstance withEngine(Engine changed) {
    return new TestInstance(
        new Instance(
            ID,
            "",
            changed,
            "",
            instance.host(),
            instance.port(),
            instance.user(),
            new Secret.None(),
            instance.tls()),
        password);
  }

  TestInstance withGhostProbe(GhostProbe changed, String scratchSchema) {
    return new TestInstance(instance.withGhostProbe(changed, scratchSchema), password);
  }

  TestInstance at(String host, int port) {
    return new TestInstance(
        new Instance(
            ID,
            "",
            instance.engine(),
            "",
            host,
            port,
            instance.user(),
            new Secret.None(),
            instance.tls()),
        password);
  }

  MysqlConnector connector() {
    return new MysqlConnector(_ -> Optional.of(instance), _ -> password);
  }

  TargetSession open(String database) throws TargetException {
    return connector().open(name(database), LIMITS);
  }

  static DatabaseName name(String database) {
    return new DatabaseName(ID, database);
  }

  /// What a session of its own reads for a script.
  Snapshot snapshot(String database, String script) throws TargetException {
    try (var session = open(database)) {
      return session.snapshot(Mentions.of(parsed(session.version(), script)), SizeBorders.DEFAULT);
    }
  }

  static Script parsed(EngineVersion version, String script) {
    return Dialects.of(version.engine()).parse(new SourceText(script), version);
  }
}
