// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.dialect.mysql.ModernStatements;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The lists that the parsers are held against are true: servers take what is said to be right, and
/// refuse the syntax of what is said to be wrong.
@Timeout(180)
final class ModernStatementsOnServersTest {
  private static final int SYNTAX = 1064;

  @Test
  void mysql57() throws SQLException {
    isTaken(MysqlServers.MYSQL_57, List.of("5.7: "));
  }

  @Test
  void mysql80() throws SQLException {
    isTaken(MysqlServers.MYSQL_80, List.of("8.0.15: "));
  }

  @Test
  void mariadb() throws SQLException {
    try (var server = MysqlServer.start(MysqlServers.MARIADB.config("modern"))) {
      assertThat(refused(server, ModernStatements.of("common"))).isEmpty();
      assertThat(refused(server, ModernStatements.of("mariadb"))).isEmpty();
      var wrong = ModernStatements.of("wrong-mariadb");
      assertThat(refused(server, wrong)).isEqualTo(wrong);
    }
  }

  private static void isTaken(MysqlServers kind, List<String> since) throws SQLException {
    try (var server = MysqlServer.start(kind.config("modern"))) {
      assertThat(refused(server, ModernStatements.of("common"))).isEmpty();
      var own =
          ModernStatements.of("mysql").stream()
              .filter(line -> since.stream().anyMatch(line::startsWith))
              .map(line -> line.substring(line.indexOf(": ") + 2))
              .toList();
      assertThat(own).isNotEmpty();
      assertThat(refused(server, own)).isEmpty();
      var wrong = ModernStatements.of("wrong-mysql");
      assertThat(refused(server, wrong)).isEqualTo(wrong);
    }
  }

  /// Each in a database of its own and a connection of its own: most fail for want of tables, which
  /// is none of the syntax.
  private static List<String> refused(MysqlServer server, List<String> statements)
      throws SQLException {
    var refused = new ArrayList<String>();
    for (var sql : statements) {
      if (!sql.startsWith("SHUTDOWN") && !sql.startsWith("RESTART") && isRefused(server, sql)) {
        refused.add(sql);
      }
    }
    return refused;
  }

  private static boolean isRefused(MysqlServer server, String sql) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS shop");
      statement.execute("USE shop");
      try {
        statement.execute(sql);
        return false;
      } catch (SQLException e) {
        return e.getErrorCode() == SYNTAX;
      }
    }
  }
}
