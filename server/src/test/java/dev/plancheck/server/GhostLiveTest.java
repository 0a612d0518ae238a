// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRunResult;
import dev.plancheck.api.v1.PlanCheckType;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlConfig;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.embedded.mysql.NoServerException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A plan with gh-ost on a real MariaDB, from the question over REST to the gate.
@Timeout(120)
final class GhostLiveTest {
  private static final String SHOP = "instances/maria/databases/shop";

  private static @Nullable MysqlServer maria;

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveRollouts plans;

  @BeforeAll
  static void start() throws IOException, SQLException {
    var server = mariadb();
    maria = server;
    sql(
        server,
        "CREATE DATABASE shop",
        "CREATE TABLE shop.book (id INT PRIMARY KEY, isbn VARCHAR(20), title VARCHAR(40))",
        "INSERT INTO shop.book VALUES (1, 'same', 'one'), (2, 'same', 'two')",
        "CREATE USER owner IDENTIFIED BY 'fr0m-the-env'",
        "GRANT ALL ON *.* TO owner");
    plans = LiveRollouts.start();
    plans
        .live()
        .rest
        .post(
            "/v1/instances?instanceId=maria",
            """
            {"engine": "MARIADB", "environment": "staging", "host": "127.0.0.1", "port": %d,
             "user": "owner", "password": {"env": "OWNER_PASSWORD"}, "tlsMode": "DISABLE"}
            """
                .formatted(server.port()),
            Instance.getDefaultInstance());
    plans.live().server.ports().databases().sync("maria", Set.of("shop"));
  }

  /// Where there is no server the tests are skipped, and say why.
  private static MysqlServer mariadb() {
    try {
      return MysqlServer.start(
          MysqlConfig.of(MysqlBinaries.mariadb(), "ghost")
              .withOption("server-id", "1")
              .withOption("log-bin", "binlog")
              .withOption("binlog-format", "ROW")
              .withOption("performance-schema", "ON")
              .withOption("performance-schema-instrument", "wait/lock/metadata/sql/mdl=ON"));
    } catch (NoServerException e) {
      if ("1".equals(System.getenv("PLANCHECK_ALL_SERVERS"))) {
        throw e;
      }
      System.err.println("SKIPPED: plans with gh-ost on MariaDB: " + e.getMessage());
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  private static void sql(MysqlServer server, String... statements) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (maria != null) {
      maria.close();
      plans.close();
    }
  }

  @Test
  void aColumnWhoseValuesWouldBeLostShutsTheGate() throws InterruptedException {
    var plan = checked("ALTER TABLE book RENAME COLUMN title TO name;");
    assertThat(ghost(plan)).containsEntry("ghost.rename-column", FindingStatus.ERROR);
    assertThat(plans.gate(plan).getState()).isEqualTo(GateEvaluation.State.BLOCKED);
  }

  @Test
  void anOrdinaryColumnIsNoErrorAndNeedsNoGhost() throws InterruptedException {
    var plan = checked("ALTER TABLE book ADD COLUMN stock INT NOT NULL DEFAULT 0;");
    assertThat(ghost(plan))
        .containsKey("ghost.not-needed")
        .doesNotContainValue(FindingStatus.ERROR);
  }

  @Test
  void rowsThatWouldBeLostAreLookedForWhereTheInstanceAllowsIt() throws InterruptedException {
    var sheet = "ALTER TABLE book ADD UNIQUE KEY by_title (title);";
    assertThat(ghost(checked(sheet)))
        .containsEntry("ghost.rows-lost-unique", FindingStatus.ERROR)
        .doesNotContainKey("ghost.no-such-row");
    probe("GHOST_PROBE_DATA");
    assertThat(ghost(checked(sheet)))
        .containsEntry("ghost.no-such-row", FindingStatus.WARNING)
        .doesNotContainKey("ghost.rows-lost-unique");
    assertThat(ghost(checked(sheet.replace("title", "isbn"))))
        .containsEntry("ghost.rows-lost-unique", FindingStatus.ERROR);
    probe("GHOST_PROBE_OFF");
  }

  @Test
  void whatAnAlterWouldCostTheTableItselfIsNotSaidOfACopy() throws InterruptedException {
    var sheet = "ALTER TABLE book MODIFY id BIGINT NOT NULL;";
    var direct = plans.checked(sheet, List.of(SHOP));
    assertThat(rules(direct)).contains("lock.write-blocking-alter");
    var plan = checked(sheet);
    assertThat(rules(plan)).contains("ghost.mariadb").noneMatch(rule -> rule.startsWith("lock."));
    assertThat(ghost(plan)).doesNotContainValue(FindingStatus.ERROR);
  }

  private static Set<String> rules(String plan) {
    return plans.results(plan, SHOP).stream()
        .map(PlanCheckRunResult::getRule)
        .collect(Collectors.toSet());
  }

  @Test
  void whatTheServerMakesOfItIsTriedOnACopyWhereTheInstanceNamesAPlace()
      throws InterruptedException, SQLException {
    var server = Objects.requireNonNull(maria);
    var without =
        plans
            .live()
            .rest
            .send(
                "PATCH",
                "/v1/instances/maria?updateMask=ghostProbe",
                "{\"ghostProbe\": \"GHOST_PROBE_CLONE\"}");
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(without.body()).contains("instance.ghost_scratch_schema: empty (expected:");
    probe("GHOST_PROBE_CLONE", "scratch");

    assertThat(ghost(checked("ALTER TABLE book ADD CHECK (id < 2);")))
        .containsEntry("ghost.scratch-missing", FindingStatus.WARNING)
        .containsEntry("ghost.rows-lost-check", FindingStatus.ERROR);
    sql(server, "CREATE DATABASE scratch");
    assertThat(ghost(checked("ALTER TABLE book ADD CHECK (id < 2);")))
        .containsEntry("ghost.rows-lost-check", FindingStatus.ERROR);
    assertThat(ghost(checked("ALTER TABLE book ADD CHECK (id < 3);")))
        .containsEntry("ghost.no-such-row", FindingStatus.WARNING)
        .doesNotContainKey("ghost.rows-lost-check");
    assertThat(ghost(checked("ALTER TABLE book ADD KEY by_title (title(90));")))
        .containsEntry("ghost.alter-refused", FindingStatus.ERROR);
    assertThat(ghost(checked("ALTER TABLE book ADD COLUMN stock INT;")))
        .containsEntry("", FindingStatus.SUCCESS)
        .containsEntry("ghost.not-needed", FindingStatus.WARNING);

    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var left = statement.executeQuery("SHOW TABLES FROM scratch")) {
      assertThat(left.next()).isFalse();
    }
    probe("GHOST_PROBE_OFF", "");
  }

  private static void probe(String probe) {
    probe(probe, "");
  }

  private static void probe(String probe, String scratch) {
    plans
        .live()
        .rest
        .patch(
            "/v1/instances/maria?updateMask=ghostProbe,ghostScratchSchema",
            "{\"ghostProbe\": \"%s\", \"ghostScratchSchema\": \"%s\"}".formatted(probe, scratch),
            Instance.getDefaultInstance());
  }

  private static String checked(String sql) throws InterruptedException {
    var plan =
        plans
            .live()
            .rest
            .post(
                "/v1/projects/shop/plans",
                """
                {"specs": [{"id": "change", "changeDatabaseConfig":
                  {"sheet": "%s", "targets": ["%s"], "enableGhost": true}}]}
                """
                    .formatted(plans.sheet(sql), SHOP),
                Plan.getDefaultInstance())
            .getName();
    plans.check(plan);
    return plan;
  }

  /// What GHOST_SYNC found, by rule.
  private static Map<String, FindingStatus> ghost(String plan) {
    return plans.results(plan, SHOP).stream()
        .filter(result -> result.getType() == PlanCheckType.PLAN_CHECK_TYPE_GHOST_SYNC)
        .collect(
            Collectors.toMap(
                PlanCheckRunResult::getRule, PlanCheckRunResult::getStatus, (one, _) -> one));
  }
}
