// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.plancheck.cli.CommandRun;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.NoServerException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo on a private MariaDB, as a shell runs it; skipped, and said so, on a machine without.
final class MariadbDemoTest {
  private static final int DATABASES = 6;

  @TempDir private Path folder;

  @Test
  void checksEveryDatabaseAndFindsThoseThatDrifted() {
    requireMariadb();
    var answer =
        new CommandRun(folder)
            .run(
                "demo",
                "--engine",
                "mariadb",
                "--once",
                "--databases",
                "" + DATABASES,
                "--format",
                "json");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    var report = JsonParser.parseString(answer.out()).getAsJsonObject();
    var run = report.getAsJsonObject("run");
    assertThat(run.get("status").getAsString()).isEqualTo("DONE");
    assertThat(run.get("targetCount").getAsInt()).isEqualTo(DATABASES);
    assertThat(run.get("doneCount").getAsInt()).isEqualTo(DATABASES);
    assertThat(run.get("notPerformedCount").getAsInt()).isZero();
    var differences =
        StreamSupport.stream(report.getAsJsonArray("drifted").spliterator(), false)
            .map(drifted -> drifted.getAsJsonObject().getAsJsonArray("differences").toString())
            .toList();
    assertThat(differences).hasSize(Drift.values().length);
    assertThat(String.join("\n", differences))
        .contains("customer.vip is extra")
        .contains("orders_status_idx")
        .contains("decimal(10,4), elsewhere decimal(12,2)")
        .contains("event: size band is NORMAL, elsewhere SMALL");
    assertThat(report.get("rolledOut").isJsonNull()).isTrue();
  }

  @Test
  void saysThatRolloutsAreForPostgresql() {
    requireMariadb();
    var answer =
        new CommandRun(folder).run("demo", "--engine", "mariadb", "--once", "--databases", "1");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.err()).contains("1 databases on MariaDB (");
    assertThat(answer.out())
        .contains("1 of 1 databases checked")
        .contains("The demo ends here: rollouts write to PostgreSQL databases only.");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    var answer = new CommandRun(folder).run("demo", "--engine", "oracle", "--once");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("--engine: oracle (expected: postgresql or mariadb)");
    var compared = new CommandRun(folder).run("demo", "--engine", "mariadb", "--compare", "--once");
    assertThat(compared.exitCode()).isEqualTo(2);
    assertThat(compared.err()).contains("--compare: goes with --engine postgresql only");
  }

  private static void requireMariadb() {
    try {
      assertThat(MysqlBinaries.mariadb().isMariadb()).isTrue();
    } catch (NoServerException e) {
      if ("1".equals(System.getenv("PLANCHECK_ALL_SERVERS"))) {
        throw e;
      }
      System.err.println("SKIPPED: the demo on MariaDB: " + e.getMessage());
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }
}
