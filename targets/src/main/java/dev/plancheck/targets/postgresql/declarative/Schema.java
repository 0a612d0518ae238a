// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.Model;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.NotUnderstoodException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/// A schema as the library read it, and what its catalogue says of it, from one snapshot.
record Schema(int version, Model model, Witness witness) {
  /// Reads in one read-only transaction, and closes the connection.
  static Schema read(Connection connection, int version, Limits limits, Cut cut)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException {
    try (connection;
        var _ = cut.onCut(() -> end(connection));
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      statement.execute(
          "SET LOCAL statement_timeout = %d".formatted(limits.statement().toMillis()));
      statement.execute("SET LOCAL lock_timeout = %d".formatted(limits.lock().toMillis()));
      statement.execute("SET LOCAL search_path = pg_catalog");
      var witness = Witness.read(connection, version);
      return new Schema(version, CodeKeeper.read(connection, cut::isCut), witness);
    }
  }

  private static void end(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // Gone is what we wanted.
    }
  }
}
