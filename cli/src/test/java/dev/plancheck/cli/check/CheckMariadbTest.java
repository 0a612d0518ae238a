// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.CommandRun;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlConfig;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.embedded.mysql.NoServerException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check` on a MariaDB of this machine, if there is one.
final class CheckMariadbTest {
  private static final String SCRIPT = "ALTER TABLE book DROP COLUMN title;\n";

  private static @Nullable MysqlServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws SQLException {
    try {
      server = MysqlServer.start(MysqlConfig.of(MysqlBinaries.mariadb(), "check"));
    } catch (NoServerException e) {
      if ("1".equals(System.getenv("PLANCHECK_ALL_SERVERS"))) {
        throw e;
      }
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
    sql("CREATE DATABASE shop", "CREATE TABLE shop.book (id INT PRIMARY KEY, title VARCHAR(40))");
    sql("INSERT INTO shop.book VALUES (1, 'one')");
    sql(
        "CREATE TABLE shop.tome (id INT PRIMARY KEY, title VARCHAR(40)) STATS_PERSISTENT=1",
        "INSERT INTO shop.tome SELECT seq, REPEAT('a', 30) FROM shop.seq_1_to_30000",
        "ANALYZE TABLE shop.tome");
    sql("CREATE USER app IDENTIFIED BY 'correct-horse'", "GRANT SELECT ON shop.* TO app");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aScriptIsReviewedByTheEngineOfItsTarget() {
    var answer = check("--target", url("mariadb"));
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).contains("column.drop-column").contains(address() + "/shop");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void howTheServerAltersATableIsToldWithItsSize() {
    assertThat(checked("ALTER TABLE tome ADD note INT;\n", "--target", url("mariadb")).out())
        .containsPattern("Affected rows +Altered\n.* tome .* INSTANT\n")
        .contains("INSTANT: tome is altered at once, run it directly");
    assertThat(
            checked("ALTER TABLE tome DROP PRIMARY KEY;\n", "--target", url("mariadb"))
                .out()
                .replaceAll("\\s+", " "))
        .containsPattern(
            "COPY: blocks writes to tome for a copy of ~[\\d,]+ rows, [\\d.]+ MB: use gh-ost|COPY:"
                + " writes go on while all of tome \\(~[\\d,]+ rows, [\\d.]+ MB\\) is written");
    var small = checked("ALTER TABLE book DROP PRIMARY KEY;\n", "--target", url("mariadb")).out();
    assertThat(small).contains(" COPY, writes ").doesNotContain("for a copy of ~");
    var json =
        checked("ALTER TABLE tome ADD note INT;\n", "--target", url("mariadb"), "--format", "json");
    assertThat(json.out()).contains("\"alteration\": \"INSTANT\"");
  }

  @Test
  void theWrongEngineIsTold() {
    var answer = check("--target", url("mysql"));
    assertThat(answer.out()).contains("write mariadb://").doesNotContain("correct-horse");
    assertThat(answer.exitCode()).isEqualTo(3);
  }

  @Test
  void onlyOneLanguageIsCheckedAtOnce() {
    var answer = check("--target", url("mariadb"), "--target", "postgresql://app@db1/shop");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .contains("targets of PostgreSQL and of MariaDB in one check")
        .doesNotContain("correct-horse");
  }

  @Test
  void whatGhostWouldLoseIsTold() {
    var answer =
        checked(
            "ALTER TABLE book RENAME COLUMN title TO name;\n",
            "--target",
            url("mariadb"),
            "--ghost",
            "--ghost-flag",
            "chunk-size=500");
    assertThat(answer.out()).contains("ghost.rename-column").contains("would be lost");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void aFlagThatGhostRefusesIsRefused() {
    var answer =
        checked(SCRIPT, "--target", url("mariadb"), "--ghost", "--ghost-flag", "chunk-size=many");
    assertThat(answer.err()).contains("gh-ost flag chunk-size: 'many' (expected: a whole number");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(checked(SCRIPT, "--target", url("mariadb"), "--ghost-probe", "data").err())
        .contains("--ghost-probe: goes with --ghost only");
  }

  @Test
  void theAlterIsTriedOnACopyWhereThereIsAPlaceForIt() throws SQLException {
    sql(
        "CREATE DATABASE scratch",
        "CREATE USER maker IDENTIFIED BY 'correct-horse'",
        "GRANT ALL ON *.* TO maker");

    var answer =
        checked(
            "ALTER TABLE book ADD KEY by_title (title(90));\n",
            "--target",
            url("mariadb").replace("app:", "maker:"),
            "--ghost",
            "--ghost-probe",
            "clone",
            "--ghost-scratch-schema",
            "scratch");

    assertThat(answer.out()).contains("ghost.alter-refused").contains("error 1089");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void aCopyNeedsAPlace() {
    assertThat(checkedForGhost("--ghost-probe", "clone").err())
        .contains("--ghost-scratch-schema: empty (expected: the name of a database");
    assertThat(checkedForGhost("--ghost-probe", "clone", "--ghost-scratch-schema", "MySQL").err())
        .contains("--ghost-scratch-schema: 'MySQL' (expected: a database that is not the server's");
    assertThat(checkedForGhost("--ghost-scratch-schema", "scratch").err())
        .contains("--ghost-scratch-schema: goes with --ghost-probe clone only");
  }

  private CommandRun.Answer checkedForGhost(String... arguments) {
    var all = new String[arguments.length + 3];
    all[0] = "--target";
    all[1] = url("mariadb");
    all[2] = "--ghost";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return check(all);
  }

  private CommandRun.Answer check(String... arguments) {
    return checked(SCRIPT, arguments);
  }

  private CommandRun.Answer checked(String script, String... arguments) {
    var all = new String[arguments.length + 2];
    all[0] = "check";
    all[1] = "-";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new CommandRun(folder).in(script).run(all);
  }

  private static String url(String scheme) {
    return "%s://app:correct-horse@%s/shop".formatted(scheme, address());
  }

  private static String address() {
    return "127.0.0.1:" + running().port();
  }

  private static void sql(String... statements) throws SQLException {
    try (var connection = running().connect("");
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static MysqlServer running() {
    if (server == null) {
      throw new IllegalStateException("it runs before any test");
    }
    return server;
  }
}
