// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.SQLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the page of `index.too-long` says of servers.
@Timeout(120)
final class IndexLengthOnServersTest {
  @ParameterizedTest
  @EnumSource
  void whatFitsIsTaken(MysqlServers kind) {
    taken(kind, "title VARCHAR(768) CHARACTER SET utf8mb4, KEY (title)", "DYNAMIC");
    taken(kind, "title VARCHAR(767) CHARACTER SET utf8mb4, n INT, KEY (title, n)", "DYNAMIC");
    taken(kind, "title VARCHAR(191) CHARACTER SET utf8mb4, KEY (title)", "COMPACT");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooLongTogetherOrAsAPrimaryKeyIsRefused(MysqlServers kind) {
    refused(kind, "title VARCHAR(767) CHARACTER SET utf8mb4, n BIGINT, KEY (title, n)", "DYNAMIC");
    refused(kind, "title VARCHAR(769) CHARACTER SET utf8mb4 PRIMARY KEY", "DYNAMIC");
    refused(kind, "title VARCHAR(192) CHARACTER SET utf8mb4, UNIQUE KEY (title)", "COMPACT");
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsNotUniqueIsRefusedByMysqlAndCutByMariadb(MysqlServers kind) throws SQLException {
    var columns = "title VARCHAR(769) CHARACTER SET utf8mb4, KEY (title)";
    if (kind != MysqlServers.MARIADB) {
      refused(kind, columns, "DYNAMIC");
      return;
    }
    var database = kind.freshDatabase("CREATE TABLE book (%s)".formatted(columns));
    assertThat(
            kind.query(
                database,
                "SELECT sub_part FROM information_schema.statistics WHERE table_schema ="
                    + " DATABASE()"))
        .isEqualTo("768");
    taken(kind, "title VARCHAR(769) CHARACTER SET utf8mb4, UNIQUE KEY (title)", "DYNAMIC");
  }

  private static void taken(MysqlServers kind, String columns, String format) {
    assertThatCode(() -> make(kind, columns, format)).as(columns).doesNotThrowAnyException();
  }

  private static void refused(MysqlServers kind, String columns, String format) {
    assertThatThrownBy(() -> make(kind, columns, format))
        .as(columns)
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(too long|too large).*");
  }

  private static void make(MysqlServers kind, String columns, String format) throws SQLException {
    kind.freshDatabase(
        "SET sql_mode = 'STRICT_TRANS_TABLES'",
        "CREATE TABLE book (%s) ENGINE=InnoDB ROW_FORMAT=%s".formatted(columns, format));
  }
}
