// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Counts rows on a server as a session does, and runs the same statement for comparison.
record CountRig(MysqlServers server, String database) {
  static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(1));

  List<RowEstimate> estimate(String sql) throws SQLException {
    return estimate(sql, RowCounter.MOST_COUNTED, LIMITS);
  }

  List<RowEstimate> estimate(String sql, long mostCounted, Limits limits) throws SQLException {
    return estimate(server.connect(database), sql, mostCounted, limits);
  }

  /// Closes the connection.
  List<RowEstimate> estimate(Connection connection, String sql, long mostCounted, Limits limits)
      throws SQLException {
    try (connection) {
      var line = Readying.ready(connection, null, limits);
      var version = line.version().version();
      var script = Dialects.of(version.engine()).parse(new SourceText(sql), version);
      var asked = script.statements().stream().filter(CountRig::writes).toList();
      return new RowCounter(line, database, limits, mostCounted)
          .estimate(new CountPlan(script), asked, CountFacts.NONE);
    }
  }

  private static boolean writes(ScriptStatement statement) {
    return statement.statement() instanceof Statement.Update
        || statement.statement() instanceof Statement.Delete
        || statement.statement() instanceof Statement.Insert;
  }

  /// How many rows the statement really matches, deletes or inserts; rolled back.
  long run(String sql) throws SQLException {
    try (var connection = server.connect(database);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        return statement.executeLargeUpdate(sql);
      } finally {
        connection.rollback();
      }
    }
  }
}
