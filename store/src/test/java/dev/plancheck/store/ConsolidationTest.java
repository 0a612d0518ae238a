// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.LegacyRow.OK;
import static dev.plancheck.store.LegacyRow.S1;
import static dev.plancheck.store.LegacyRow.S2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Origin;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import dev.plancheck.store.Consolidation.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One row per check becomes one record per plan, and no gate opens by it.
final class ConsolidationTest {
  private static final Settings UNTRUSTED =
      new Settings("legacy", 0, StorageConfig.DEFAULT_RESULT_BUDGET);
  private static final AffectedRows UNTOLD =
      AffectedRows.unknown("the migrated report names no number");

  @Test
  void noAwkwardPlanOpensItsGateOrLosesAnything() throws SQLException {
    var plans = new ArrayList<>(AwkwardPlans.all());
    plans.add(AwkwardPlans.large());

    assertThat(plans).hasSizeGreaterThan(60);
    try (var trial = new LegacyTrial(LegacyTrial.database(MetadataCluster.newest()), plans)) {
      trial.check(UNTRUSTED, Consolidation.sql());
    }
  }

  @Test
  void theOldestPostgresDoesTheSame() throws SQLException {
    try (var trial =
        new LegacyTrial(LegacyTrial.database(MetadataCluster.oldest()), AwkwardPlans.all())) {
      trial.check(UNTRUSTED, Consolidation.sql());
    }
  }

  @Test
  void whatExceedsTheRowGoesOnInFurtherParts() throws SQLException {
    var database = LegacyTrial.database(MetadataCluster.newest());
    for (var budget : new long[] {1, 1_000, 5_000}) {
      try (var trial = new LegacyTrial(database, AwkwardPlans.all())) {
        trial.check(new Settings("legacy", 0, budget), Consolidation.sql());

        assertThat(
                Long.parseLong(trial.one("select count(*) from plancheck.plan_check_run_overflow")))
            .isGreaterThan(5);
      }
    }
  }

  @Test
  void rowsThatWereHereBeforeAreBroughtForwardByTheSchemasOwnHistory() throws SQLException {
    var plans = AwkwardPlans.all();
    try (var storage = Storage.open(RowsPerCheck.database(plans))) {
      for (var id = 1; id <= plans.size(); id++) {
        var run = storage.runs().get(new PlanName("legacy", id)).orElseThrow();
        var results = results(storage, id);

        assertThat(run.origin()).isEqualTo(new Origin.Legacy(null));
        assertThat(run.status()).as(plans.get(id - 1).what()).isEqualTo(plans.get(id - 1).status());
        assertThat(results).as(plans.get(id - 1).what()).hasSize(plans.get(id - 1).results());
        assertThat(storage.plans().get(run.plan())).isPresent();
        assertThat(storage.runs().config(run.plan())).isPresent();
      }
      assertThat(storage.projects().get("legacy").orElseThrow().settings().allowErrors()).isFalse();
    }
  }

  @Test
  void flagsOfOneDatabaseComeTogetherAndSpecsAreThoseOfThePlan() throws SQLException {
    var plans = AwkwardPlans.all();
    try (var storage = Storage.open(RowsPerCheck.database(plans))) {
      var ghost = config(storage, plans, "prior backup and gh-ost, each flag on one row only");
      assertThat(ghost)
          .singleElement()
          .satisfies(target -> {
            assertThat(target.enablePriorBackup()).isTrue();
            assertThat(target.enableGhost()).isTrue();
            assertThat(target.ghostFlags()).isEqualTo(Map.of("max-load", "x=1"));
            assertThat(target.types()).containsExactly(CheckType.values());
          });
      assertThat(config(storage, plans, "specs that the plan names"))
          .extracting(
              target -> target.target().database() + " " + target.spec() + " " + target.sheet())
          .containsExactly("a first " + S1, "a second " + S2, "b first " + S1);
      assertThat(config(storage, plans, "two specs with one sheet for one database"))
          .extracting(CheckTarget::spec)
          .containsExactly("legacy");
      assertThat(config(storage, plans, "a database group"))
          .extracting(CheckTarget::spec)
          .containsExactly("fleet", "fleet");
      assertThat(config(storage, plans, "a wanted schema"))
          .extracting(CheckTarget::enableSdl)
          .containsExactly(true);
    }
  }

  @Test
  void reportsKeepTheirNumbersAndNoNumberIsNotNone() throws SQLException {
    var plans = AwkwardPlans.all();
    try (var storage = Storage.open(RowsPerCheck.database(plans))) {
      assertThat(results(storage, number(plans, "a report on tables of several databases")))
          .extracting(Result::summary)
          .containsExactly(
              new SummaryReport(
                  "",
                  List.of("UPDATE", "INSERT"),
                  List.of(table("public.t", 100L), table("public.u", null), table("other.v", null)),
                  new AffectedRows(Method.ESTIMATED, 12L, "")));
      assertThat(results(storage, number(plans, "a report without a number, which is not none")))
          .extracting(Result::summary)
          .containsExactly(new SummaryReport("", List.of(), List.of(), UNTOLD));
      assertThat(results(storage, number(plans, "two reports in one row")))
          .extracting(
              result -> result.summary() == null ? "none" : result.summary().affected().rows())
          .containsExactly(1L, "none", 2L);
    }
  }

  @Test
  void positionsAndCodesAreKeptAsFarAsTheySaySomething() throws SQLException {
    var plans = AwkwardPlans.all();
    try (var storage = Storage.open(RowsPerCheck.database(plans))) {
      var found =
          results(storage, number(plans, "positions that are and are not")).stream()
              .map(Result::finding)
              .toList();

      assertThat(found)
          .extracting(finding -> finding.range())
          .containsExactly(range(3, 5, 3, 9), range(3, 5, 3, 5), null, range(4, 1, 4, 1));
      assertThat(found)
          .extracting(finding -> finding.rule())
          .containsExactly("legacy.402", "", "", "");
    }
  }

  @Test
  void whoVouchesDoesSoFromTheOldestResultOn() throws SQLException {
    var plan =
        LegacyPlan.open(
            "two ages", 2, LegacyRow.advise("a", OK).days(5), LegacyRow.advise("b", OK).days(20));
    try (var trial =
        new LegacyTrial(LegacyTrial.database(MetadataCluster.newest()), List.of(plan))) {
      Consolidation.run(
          trial.connection(), new Settings("other", 30, 1_000_000), Consolidation.sql());
      var run = MigratedPlans.read(trial.connection()).getFirst().run();
      var until = ((Origin.Legacy) run.origin()).trustedUntil();

      assertThat(run.plan().project()).isEqualTo("other");
      assertThat(Duration.between(Instant.now(), Objects.requireNonNull(until)))
          .isBetween(Duration.ofDays(9), Duration.ofDays(10));
    }
  }

  @Test
  void aPlanThatIsRunAgainIsLikeAnyOther() throws SQLException {
    var plans = List.of(LegacyPlan.open("all is well", 1, LegacyRow.advise("a", OK)));
    var database = RowsPerCheck.database(plans);
    try (var storage = Storage.open(database)) {
      MetadataCluster.execute(
          database, "update plancheck.plan_check_run set trusted_until = now() + interval '1 day'");
      var plan = new PlanName("legacy", 1);
      var config = storage.runs().config(plan).orElseThrow();
      var again = storage.runs().enqueue(plan, RunOrder.whole(config, 5, "kim"));

      assertThat(again.attempt()).isEqualTo(2);
      assertThat(again.origin()).isEqualTo(Origin.CHECKED);
    }
  }

  /// The first thing that the migration does is to wait for whoever writes.
  @Test
  void aRowThatIsWrittenMeanwhileIsNotLost() throws Exception {
    var database =
        RowsPerCheck.database(
            List.of(LegacyPlan.open("all is well", 1, LegacyRow.advise("a", OK))));
    try (var writer = MetadataCluster.connect(database);
        var migration = Executors.newVirtualThreadPerTaskExecutor()) {
      writer.setAutoCommit(false);
      try (var statement = writer.createStatement()) {
        statement.execute(
            """
            insert into plancheck.legacy_plan_check_run (plan_id, status, type, config, result)
            select plan_id, status, type, jsonb_set(config, '{databaseName}', '"late"'), result
            from plancheck.legacy_plan_check_run
            """);
      }
      var opened = migration.submit(() -> Storage.open(database));
      while (MetadataCluster.number(
              database, "select count(*) from pg_locks where not granted and relation is not null")
          == 0) {
        assertThat(opened.isDone()).isFalse();
        Thread.sleep(10);
      }
      writer.commit();

      try (var storage = opened.get()) {
        assertThat(results(storage, 1))
            .extracting(result -> result.target().database())
            .containsExactly("a", "late");
      }
    }
  }

  private static List<CheckTarget> config(Storage storage, List<LegacyPlan> plans, String what) {
    return storage
        .runs()
        .config(new PlanName("legacy", number(plans, what)))
        .orElseThrow()
        .targets();
  }

  private static long number(List<LegacyPlan> plans, String what) {
    var place = plans.stream().map(LegacyPlan::what).toList().indexOf(what);
    assertThat(place).as(what).isNotNegative();
    return place + 1L;
  }

  private static List<Result> results(Storage storage, long plan) {
    var results = new ArrayList<Result>();
    storage
        .runs()
        .read(
            new PlanName("legacy", plan),
            0,
            found -> {
              results.add(found.result());
              return true;
            });
    return results;
  }

  private static ChangedTable table(String name, @Nullable Long rows) {
    return new ChangedTable(name, rows, null, AffectedRows.unknown(""));
  }

  private static TextRange range(int startLine, int startColumn, int endLine, int endColumn) {
    return new TextRange(new Position(startLine, startColumn), new Position(endLine, endColumn));
  }
}
