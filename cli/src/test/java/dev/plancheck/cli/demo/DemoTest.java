// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.embedded.Folders;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The demo, smaller than usual, on real servers.
final class DemoTest {
  private static final int DATABASES = 12;

  private static DemoServers servers;
  private static DemoRooms rooms;
  private static DemoReport report;

  /// What was changed behind the demo's back, and where.
  private static String victim;

  @BeforeAll
  static void driftOneMoreTenantBehindTheDemosBack() throws Exception {
    servers = DemoServers.start(Folders.ofUser());
    rooms = DemoRooms.open(servers, Folders.ofUser(), 0);
    servers.tenants().createTemplate();
    var tenants = servers.tenants().createTenants(DATABASES, _ -> {});
    var seed = System.nanoTime();
    victim = tenants.get(new Random(seed).nextInt(DATABASES));
    var cluster = ((TenantServer.OnPostgresql) servers.tenants()).cluster();
    try (var connection = cluster.connect(victim);
        var statement = connection.createStatement()) {
      statement.execute("ALTER TABLE cart ADD COLUMN behind_its_back int");
    }
    var demo = new Demo(servers, rooms, new DemoProgress(silent()));
    report = demo.check(tenants, 0, 0, true);
  }

  @AfterAll
  static void stop() {
    rooms.close();
    servers.close();
  }

  @Test
  void everyDatabaseIsCheckedAndKeptInOneRow() {
    assertThat(report.run().status()).isEqualTo(RunStatus.DONE);
    assertThat(report.run().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.run().targetCount()).isEqualTo(DATABASES);
    assertThat(report.run().doneCount()).isEqualTo(DATABASES);
    assertThat(report.run().notPerformedCount()).isZero();
    assertThat(report.rows().planCheckRun()).isEqualTo(1);
  }

  @Test
  void whatDriftedBehindTheDemosBackIsFound() {
    assertThat(report.drifted())
        .anySatisfy(drifted -> {
          assertThat(drifted.target()).endsWith("/" + victim);
          assertThat(drifted.differences()).contains("column public.cart.behind_its_back is extra");
        });
  }

  @Test
  void everyWayOfDriftingIsFound() {
    var differences = report.drifted().stream().flatMap(d -> d.differences().stream()).toList();

    assertThat(differences)
        .contains(
            "column public.customer.vip is extra",
            "index orders_status_idx on public.orders is missing",
            "column public.orders.total: type is numeric(10,4), elsewhere numeric(12,2)",
            "public.event: size band is NORMAL, elsewhere SMALL");
  }

  @Test
  void findingsSayOnHowManyDatabases() {
    assertThat(report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.rule()).isEqualTo("index.create-without-concurrently");
          assertThat(finding.targetCount()).isEqualTo(DATABASES);
          assertThat(finding.ofCount()).isEqualTo(DATABASES);
        });
  }

  @Test
  void affectedRowsAreSummedAndTheLargestIsNamed() {
    var affected = report.affectedRows();

    assertThat(affected.sum()).isGreaterThan(DATABASES * 3000L);
    assertThat(affected.largest()).isGreaterThan(100_000L);
  }

  @Test
  void timesAreThoseOfTheRun() {
    var timing = report.timing();

    assertThat(timing.msPerDatabase() * DATABASES)
        .isCloseTo((double) timing.checkMs(), within(1.0));
    assertThat(timing.medianMs()).isPositive().isLessThanOrEqualTo(timing.slowestMs());
    assertThat(timing.slowestMs()).isLessThanOrEqualTo(timing.checkMs());
    assertThat(timing.slowestTarget()).startsWith("instances/tenants/databases/tenant_");
  }

  @Test
  void thePlainWayHasAConnectionForEachCheckAndForTheCatalogue() {
    assertThat(report.compared())
        .isNotNull()
        .satisfies(compared -> {
          assertThat(compared.shared().connections()).isEqualTo(DATABASES);
          assertThat(compared.sequential().connections()).isEqualTo(3 * DATABASES);
          assertThat(compared.ratio()).isPositive();
        });
  }

  @Test
  void thePlanGoesOnOnceItIsEditedAndApproved() {
    var act = Objects.requireNonNull(report.rolledOut());

    assertThat(act.blocked()).anyMatch(reason -> reason.contains("results are errors"));
    assertThat(act.verdict()).isEqualTo(Verdict.PASS);
    assertThat(act.stages())
        .extracting(RolledOut.Stage::environment)
        .containsExactly("staging", "production");
    assertThat(act.stages().stream().flatMap(stage -> stage.tasks().stream()))
        .hasSize(6)
        .allSatisfy(task -> {
          assertThat(task.state()).isEqualTo(TaskState.DONE);
          assertThat(task.statementCount()).isEqualTo(4);
          assertThat(task.rows()).isEqualTo(1);
        });
  }

  @Test
  void onlyTheDatabasesOfTheRolloutAreChanged() {
    var act = Objects.requireNonNull(report.rolledOut());

    assertThat(act.changed()).hasSize(6).contains("shop_staging").doesNotContain(victim);
    assertThat(act.untouchedCount()).isEqualTo(DATABASES - 5);
  }

  private static Terminal silent() {
    return new Terminal(
        InputStream.nullInputStream(),
        new Terminal.Stream(new ByteArrayOutputStream(), false, 100),
        new Terminal.Stream(new ByteArrayOutputStream(), false, 100),
        Map.of(),
        Path.of("."));
  }
}
