// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.CommandRun;
import dev.plancheck.cli.Golden;
import dev.plancheck.rules.Rules;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plancheck lint` for MySQL and MariaDB.
final class MysqlLintTest {
  private static final Set<String> RULES =
      Set.of(
          "column.incomplete-redefinition",
          "data.delete-without-where",
          "database.use-statement",
          "index.create-without-concurrently",
          "lock.write-blocking-alter",
          "table.drop-table",
          "transaction.implicit-commit");

  /// Only these, so that a new rule does not change what is expected here.
  private static final String POLICY =
      Rules.ALL.stream()
          .map(rule -> rule.info().id())
          .map(id -> "  %s: %s\n".formatted(id, RULES.contains(id) ? "error" : "off"))
          .collect(Collectors.joining("", "rules:\n", ""));

  private static final String SCRIPT =
      """
      USE tenant_7;
      DELIMITER //
      CREATE PROCEDURE clean() BEGIN DELETE FROM log; DELETE FROM cart; END//
      DELIMITER ;
      START TRANSACTION;
      DELETE FROM `größe😀`; ALTER TABLE `größe😀` MODIFY b BIGINT, ADD FULLTEXT INDEX fulltext1 (b);
      COMMIT;
      CREATE INDEX a ON book (a);
      ALTER TABEL book ADD a INT;
      EXECUTE later;
      DROP TABLE book;
      """;

  @TempDir Path folder;

  @Test
  void peopleSeeTheFindingsForMysql() {
    var answer = run().run("lint", "a.sql", "--engine=mysql", "--policy=policy.yaml");
    Golden.check("lint-mysql.txt", answer.out());
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void programsReadTheFindingsForMariadb() {
    var answer =
        run()
            .run(
                "lint",
                "a.sql",
                "--engine=mariadb",
                "--engine-version=10.11",
                "--policy=policy.yaml",
                "--format=json");
    Golden.check("lint-mariadb.json", answer.out());
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  @Test
  void onePolicyServesAllEngines() {
    var script = "CREATE INDEX a ON book (a); DROP TABLE book;";
    for (var engine : Set.of("postgresql", "mysql", "mariadb")) {
      var answer =
          new CommandRun(folder)
              .in(script)
              .file("policy.yaml", POLICY)
              .run("lint", "-", "--policy=policy.yaml", "--no-judge", "--engine", engine);
      assertThat(answer.out()).contains("table.drop-table");
      assertThat(answer.out().contains("index.create-without-concurrently"))
          .isEqualTo(engine.equals("postgresql"));
    }
  }

  @Test
  void whatTheGrammarRejectsIsNotCalledASyntaxError() {
    var answer = new CommandRun(folder).in("SELEC 1;").run("lint", "-", "--engine=mysql");
    assertThat(answer.out()).contains("review.not-parsed").doesNotContain("review.syntax-error");
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void theVersionDecides() {
    var script = "ALTER TABLE book ADD CHECK (a > 0);";
    assertThat(run().in(script).run("lint", "-", "--engine=mysql", "--engine-version=5.7").out())
        .contains("constraint.ignored-by-server");
    assertThat(run().in(script).run("lint", "-", "--engine=mysql", "--engine-version=8.0").out())
        .doesNotContain("constraint.ignored-by-server");
  }

  @Test
  void versionsThatAreNotKnownAreWrongUsage() {
    for (var version : Set.of("5.6", "10.0", "0", "x")) {
      assertThat(run().run("lint", "a.sql", "--engine=mysql", "--engine-version", version).err())
          .contains("--engine-version: %s (expected: 5.7 to 9.x)".formatted(version));
    }
    assertThat(run().run("lint", "a.sql", "--engine=mariadb", "--engine-version=10.5").err())
        .contains("--engine-version: 10.5 (expected: 10.6 to 12.x)");
  }

  private CommandRun run() {
    return new CommandRun(folder).file("a.sql", SCRIPT).file("policy.yaml", POLICY);
  }
}
