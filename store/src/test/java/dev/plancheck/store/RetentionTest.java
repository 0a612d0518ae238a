// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseName;
import dev.plancheck.checks.plan.ReleaseVersion;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunOrder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is forgotten after a month, and what never is.
@Timeout(60)
final class RetentionTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final MetadataCluster cluster = MetadataCluster.newest();
  private StoragePorts ports;
  private Retention retention;

  @BeforeEach
  void open() throws SQLException {
    ports = cluster.emptyPorts();
    retention = cluster.storage().retention(MONTH);
    ports.projects().create(Samples.project("shop"));
    ports.projects().create(Samples.project("other"));
  }

  @Test
  void forgetsATextThatNothingNamed() throws SQLException {
    var unused = ports.sheets().put("shop", "SELECT 1;");
    age("31 days");
    var fresh = ports.sheets().put("shop", "SELECT 2;");

    assertThat(retention.sweep()).isEqualTo(1);

    assertThat(ports.sheets().get(unused.sha256())).isEmpty();
    assertThat(ports.sheets().get("shop", fresh.sha256())).isPresent();
    assertThat(retention.sweep()).isZero();
  }

  @Test
  void keepsATextForAMonth() throws SQLException {
    var sheet = ports.sheets().put("shop", "SELECT 1;");
    age("29 days");

    assertThat(retention.sweep()).isZero();
    assertThat(ports.sheets().get("shop", sheet.sha256())).isPresent();
  }

  @Test
  void aTextThatIsGivenAgainBeginsAnew() throws SQLException {
    var sheet = ports.sheets().put("shop", "SELECT 1;");
    age("31 days");
    ports.sheets().put("other", "SELECT 1;");

    assertThat(retention.sweep()).isZero();
    assertThat(ports.sheets().get("shop", sheet.sha256())).isEmpty();
    assertThat(ports.sheets().get("other", sheet.sha256())).isPresent();
  }

  @Test
  void keepsWhatAPlanNames() throws SQLException {
    var sheet = ports.sheets().put("shop", "SELECT 1;");
    plan(sheet.sha256());
    age("400 days");

    assertThat(retention.sweep()).isZero();
    assertThat(ports.sheets().get("shop", sheet.sha256())).isPresent();
  }

  @Test
  void keepsWhatAReleaseNames() throws SQLException {
    var sheet = ports.sheets().put("shop", "SELECT 1;");
    ports
        .releases()
        .create(
            new ReleaseName("shop", "one"),
            "One",
            List.of(new Release.File("V1.sql", new ReleaseVersion("1"), sheet.sha256())));
    age("400 days");

    assertThat(retention.sweep()).isZero();
  }

  @Test
  void keepsWhatARunAtWorkStillChecks() throws SQLException {
    var plan = plan(ports.sheets().put("shop", "SELECT 1;").sha256());
    var targets = List.of(Samples.target(Samples.databases("pg", 1).getFirst()));
    var config = new PlanCheckRunConfig(targets, 1, Samples.POLICIES, "rules", "members");
    ports.sheets().put("shop", Samples.SHEET.text());
    var run = ports.runs().enqueue(plan.name(), RunOrder.whole(config, 10, "users/kim"));
    age("400 days");

    assertThat(retention.sweep()).isZero();
    ports.runs().cancel(plan.name(), run.attempt(), "users/kim");
    assertThat(retention.sweep()).isEqualTo(1);
  }

  @Test
  void keepsWhatWasComputedAsLongAsTheResultsMayNameIt() throws SQLException {
    var plan = plan(ports.sheets().put("shop", "CREATE TABLE a (id int);").sha256());
    var targets = List.of(Samples.target(Samples.databases("pg", 1).getFirst()));
    var config = new PlanCheckRunConfig(targets, 1, Samples.POLICIES, "rules", "members");
    var run = ports.runs().enqueue(plan.name(), RunOrder.whole(config, 10, "users/kim"));
    var sheet = Sheet.of("ALTER TABLE a ADD COLUMN b int;");
    ports.sheets().keepComputed(plan.name(), sheet);
    age("400 days");

    assertThat(retention.sweep()).isZero();
    ports.runs().cancel(plan.name(), run.attempt(), "users/kim");
    assertThat(retention.sweep()).as("what was found is shown").isZero();
    assertThat(ports.sheets().get("shop", sheet.sha256())).isPresent();
    execute("update plancheck.computed_sheet set computed_at = computed_at - interval '1 day'");
    assertThat(retention.sweep()).as("of an attempt before").isEqualTo(1);
    assertThat(ports.sheets().get("shop", sheet.sha256())).isEmpty();
  }

  @Test
  void aPlanThatBeginsToNameATextIsWaitedFor() throws Exception {
    var sheet = ports.sheets().put("shop", "SELECT 1;");
    age("31 days");
    CompletableFuture<Integer> swept;
    try (var connection = MetadataCluster.connect(cluster.shared());
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "update plancheck.sheet_reference set last_put_at = now() where project_id = 'shop'");
      swept = CompletableFuture.supplyAsync(retention::sweep);
      Thread.sleep(300);
      assertThat(swept.isDone()).isFalse();

      connection.commit();
    }
    assertThat(swept.get()).isZero();
    assertThat(ports.sheets().get("shop", sheet.sha256())).isPresent();
  }

  private Plan plan(String sheet) {
    var spec = ChangeDatabase.migrate("change", sheet, Samples.databases("pg", 1));
    return ports.plans().create("shop", "A plan", List.of(spec), "users/ann");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = MetadataCluster.connect(cluster.shared());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void age(String by) throws SQLException {
    try (var connection = MetadataCluster.connect(cluster.shared());
        var statement = connection.createStatement()) {
      statement.execute(
          "update plancheck.sheet_reference set last_put_at = last_put_at - interval '%s'"
              .formatted(by));
      statement.execute(
          "update plancheck.sheet set created_at = created_at - interval '%s'".formatted(by));
    }
  }
}
