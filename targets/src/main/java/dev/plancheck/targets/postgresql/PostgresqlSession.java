// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import java.sql.SQLException;
import java.util.List;

/// One connection to one PostgreSQL database. It reads and plans; whatever it begins it rolls back.
final class PostgresqlSession implements TargetSession {
  private final Wire wire;
  private final EngineVersion version;
  private final DatabaseName target;
  private final Limits limits;
  private final Failures failures;
  private final Foresight foresight;
  private QuietTables quiet = QuietTables.NONE;

  PostgresqlSession(
      Wire wire,
      EngineVersion version,
      DatabaseName target,
      Limits limits,
      Failures failures,
      Foresight foresight) {
    this.wire = wire;
    this.version = version;
    this.target = target;
    this.limits = limits;
    this.failures = failures;
    this.foresight = foresight;
  }

  @Override
  public EngineVersion version() {
    return version;
  }

  @Override
  public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
    quiet = QuietTables.NONE;
    try {
      var answer =
          new SnapshotReader(wire, version, target, limits, foresight).read(mentions, borders);
      quiet = answer.quiet();
      return answer.snapshot();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
      throws TargetException {
    try {
      return new Estimator(wire, limits, failures.endpoint().user(), quiet)
          .estimate(script, statements);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// All databases of the server that take connections, but templates.
  List<String> databases() throws TargetException {
    try {
      return wire
          .ask(
              """
              SELECT datname FROM pg_catalog.pg_database
              WHERE datallowconn AND NOT datistemplate AND datconnlimit <> -2
              """)
          .getFirst()
          .stream()
          .map(row -> row.text(0))
          .sorted()
          .toList();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void cancel() {
    wire.cancel();
  }

  @Override
  public void close() {
    wire.close();
  }

  private TargetException failed(SQLException failure) {
    return wire.isCanceled() ? failures.canceled() : failures.asking(failure);
  }
}
