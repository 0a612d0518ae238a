// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Databases that look alike share a fingerprint; any other does not.
@Timeout(180)
final class MysqlDriftTest {
  private static final String[] SHOP = {
    "CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR(40))",
    """
    CREATE TABLE book (
      id INT PRIMARY KEY, title VARCHAR(40) DEFAULT 'x', price DECIMAL(8,2), author INT,
      twice DECIMAL(9,2) AS (price * 2) VIRTUAL,
      KEY by_title (title), CONSTRAINT written FOREIGN KEY (author) REFERENCES author (id)
    )
    """
  };

  private static final String SCRIPT = "ALTER TABLE book ADD COLUMN more INT";

  @ParameterizedTest
  @EnumSource
  void tenantsThatLookAlikeShareAFingerprint(MysqlServers server) throws Exception {
    var one = server.freshDatabase(SHOP);
    var other = server.freshDatabase(SHOP);
    server.execute(other, "CREATE TABLE apart (id INT)", "CREATE TABLE far (id INT)");
    var instance = TestInstance.of(server);
    assertThat(instance.snapshot(one, SCRIPT).schema())
        .isEqualTo(instance.snapshot(other, SCRIPT).schema());
    assertThat(fingerprint(server, one)).isEqualTo(fingerprint(server, other));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfDriftShows(MysqlServers server) throws Exception {
    var usual = fingerprint(server, server.freshDatabase(SHOP));
    for (var drift : drifts()) {
      var database = server.freshDatabase(SHOP);
      server.execute(database, drift.replace("{database}", database).split("; ", -1));
      assertThat(fingerprint(server, database)).as(drift).isNotEqualTo(usual);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_80", "MARIADB"})
  void settingsOfTheServerShow(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);
    var usual = fingerprint(server, database);
    for (var setting : List.of("sql_mode", "foreign_key_checks", "innodb_strict_mode")) {
      var before = server.query("", "SELECT @@GLOBAL." + setting);
      server.execute(
          "", "SET GLOBAL %s = %s".formatted(setting, setting.equals("sql_mode") ? "'ANSI'" : "0"));
      try {
        assertThat(fingerprint(server, database)).as(setting).isNotEqualTo(usual);
      } finally {
        server.execute("", "SET GLOBAL %s = '%s'".formatted(setting, before.replace("1", "ON")));
      }
      assertThat(fingerprint(server, database)).as(setting).isEqualTo(usual);
    }
  }

  private static List<String> drifts() {
    return List.of(
        "ALTER TABLE book ADD COLUMN extra INT",
        "ALTER TABLE book MODIFY title VARCHAR(41) DEFAULT 'x'",
        "ALTER TABLE book MODIFY title VARCHAR(40) DEFAULT 'y'",
        "ALTER TABLE book MODIFY title VARCHAR(40) NOT NULL DEFAULT 'x'",
        "ALTER TABLE book MODIFY title VARCHAR(40) CHARACTER SET ascii DEFAULT 'x'",
        "ALTER TABLE book MODIFY title VARCHAR(40) DEFAULT 'x' COMMENT 'on the cover'",
        "ALTER TABLE book MODIFY title VARCHAR(40) DEFAULT 'x' AFTER price",
        "ALTER TABLE book MODIFY twice DECIMAL(9,2) AS (price * 3) VIRTUAL",
        "ALTER TABLE book DROP KEY by_title",
        "ALTER TABLE book DROP KEY by_title, ADD KEY by_title (title(10))",
        "ALTER TABLE book DROP KEY by_title, ADD UNIQUE KEY by_title (title)",
        "ALTER TABLE book DROP FOREIGN KEY written",
        "ALTER TABLE book ROW_FORMAT = COMPRESSED",
        "ALTER TABLE book DROP FOREIGN KEY written; ALTER TABLE book ENGINE = MyISAM",
        "ALTER TABLE book COMMENT = 'books'",
        "ALTER TABLE book DEFAULT CHARACTER SET ascii",
        "CREATE TRIGGER stamp BEFORE INSERT ON book FOR EACH ROW SET NEW.title = 'y'",
        "CREATE TABLE review (book INT, FOREIGN KEY (book) REFERENCES book (id))",
        "ALTER TABLE author ADD COLUMN born INT",
        "INSERT INTO book (id) VALUES (1)",
        "ALTER DATABASE {database} CHARACTER SET ascii");
  }

  private static String fingerprint(MysqlServers server, String database) throws Exception {
    return TestInstance.of(server).snapshot(database, SCRIPT).fingerprint();
  }
}
