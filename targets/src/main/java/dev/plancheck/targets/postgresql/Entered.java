// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.sql.SQLException;

/// A connection that was just opened, still with the session's own settings. Whoever entered closes
/// it.
public final class Entered {
  private final ServerConnection connection;
  private final EngineVersion version;
  private final DatabaseName target;
  private final Endpoint endpoint;

  Entered(
      ServerConnection connection, EngineVersion version, DatabaseName target, Endpoint endpoint) {
    this.connection = connection;
    this.version = version;
    this.target = target;
    this.endpoint = endpoint;
  }

  /// The fingerprint of a snapshot. `complete` is false where a lock of others kept the sizes of
  /// tables from being read: such a fingerprint equals none that was read without it.
  public record Look(String fingerprint, boolean complete) {}

  public ServerConnection connection() {
    return connection;
  }

  public EngineVersion version() {
    return version;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /// Reads what checks read, in the same way, and leaves no transaction behind.
  public Look look(Mentions mentions, SizeBorders borders, Limits limits) throws TargetException {
    try {
      var reader =
          new SnapshotReader(new Wire(connection), version, target, limits, new Foresight());
      var answer = reader.read(mentions, borders);
      return new Look(answer.snapshot().fingerprint(), answer.sized());
    } catch (SQLException e) {
      throw new Failures(endpoint, limits).asking(e);
    } finally {
      endTransaction();
    }
  }

  private void endTransaction() throws TargetException {
    if (!connection.isOpen()) {
      return;
    }
    try {
      connection.ask("ROLLBACK");
    } catch (SQLException e) {
      throw new Failures(endpoint, Limits.DEFAULT).asking(e);
    }
  }
}
