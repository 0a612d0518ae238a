// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.judge;

import dev.plancheck.embedded.JudgeCluster;
import dev.plancheck.targets.postgresql.PostgresqlJudge;
import java.sql.SQLException;

/// A judge of syntax and the embedded PostgreSQL that it asks; closing gives up both.
public record OpenJudge(JudgeCluster cluster, PostgresqlJudge judge) implements AutoCloseable {
  /// Takes the cluster over: it is closed too when the judge cannot be opened.
  public static OpenJudge on(JudgeCluster cluster) throws SQLException {
    try {
      return new OpenJudge(
          cluster,
          PostgresqlJudge.onOurServer(cluster.jdbcUrl(), cluster.user(), cluster.password()));
    } catch (SQLException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public void close() {
    judge.close();
    cluster.close();
  }
}
